package io.afterlearner.optimizer.shell;

import java.util.function.LongSupplier;

/**
 * The time of a task's studies, in epoch milliseconds. It follows the monotonic clock and never goes back. To approach the wall
 * clock it runs at most 10 % faster or slower. So candidates expire after their timeout, plus or minus 10 %, even if the wall
 * clock jumps.
 */
final class StudyClock {
    static final double MAX_SLEW = 0.1;
    private static final double NANOS_PER_MILLI = 1e6;

    private final LongSupplier wallMillis;
    private final LongSupplier nanos;
    private long readNanos;
    private double now;

    /** @param latestMillis the latest time that the studies know: they go on from there if the wall clock is behind */
    StudyClock(LongSupplier wallMillis, LongSupplier nanos, long latestMillis) {
        this.wallMillis = wallMillis;
        this.nanos = nanos;
        this.readNanos = nanos.getAsLong();
        this.now = Math.max(wallMillis.getAsLong(), latestMillis);
    }

    long millis() {
        long read = nanos.getAsLong();
        double passed = (read - readNanos) / NANOS_PER_MILLI;
        double most = passed * MAX_SLEW;
        double behind = wallMillis.getAsLong() - (now + passed);
        now += passed + Math.max(-most, Math.min(most, behind));
        readNanos = read;
        return (long) now;
    }

    /** How far the wall clock is ahead of this clock; negative if it is behind. */
    long offsetMillis() {
        return wallMillis.getAsLong() - (long) now;
    }
}
