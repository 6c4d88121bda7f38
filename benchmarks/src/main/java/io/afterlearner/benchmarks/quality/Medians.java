package io.afterlearner.benchmarks.quality;

import java.util.Arrays;

final class Medians {
    private Medians() {}

    /** The median; for an even count, the mean of the two middle values. */
    static double of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
