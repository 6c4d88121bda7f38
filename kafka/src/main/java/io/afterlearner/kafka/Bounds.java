package io.afterlearner.kafka;

/**
 * How much a {@link Table} keeps in memory. Beyond either limit it drops the keys that were written longest ago.
 *
 * @param keys most keys
 * @param bytes most bytes of encoded values; decoded they may take a few times as much
 */
public record Bounds(int keys, long bytes) {
    private static final long MAX_BYTES = 256L << 20;
    /** Decoded values may take ten times as much, and a process has a few tables. */
    private static final int PART_OF_HEAP = 32;

    /** 100,000 keys, and a 32nd of the Java heap but at most 256 MiB. */
    public static final Bounds DEFAULT =
            new Bounds(100_000, Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));

    public Bounds {
        if (keys < 1 || bytes < 1) {
            throw new IllegalArgumentException("bounds of a table must be at least 1 key and 1 byte");
        }
    }
}
