package io.afterlearner.benchmarks;

import java.util.Arrays;

/** Times in nanoseconds, and quantiles of the latest ones. */
final class Quantiles {
    private long[] nanos = new long[1 << 12];
    private int size;

    void add(long value) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = value;
    }

    void clear() {
        size = 0;
    }

    /** The least time, in milliseconds, that at least a share {@code q} of the times do not exceed; NaN if there are none. */
    double millis(double q) {
        if (size == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(q * size) - 1)] / 1e6;
    }
}
