package io.afterlearner.evaluation.score;

import io.afterlearner.evaluation.loss.Scorer;

/**
 * Standard error from omitting one group of examples at a time. For a plain mean over examples and groups of one this
 * is s/√n exactly.
 *
 * @see <a href="https://doi.org/10.1137/1.9781611970319">Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982)</a>
 */
final class Jackknife {
    /** More groups cost time and change little. */
    private static final int MAX_GROUPS = 2000;

    private Jackknife() {}

    /** NaN for a single example, or if the loss without some group is not finite. */
    static double standardError(Scorer scorer, double[] statistics) {
        int width = scorer.statistics();
        int examples = statistics.length / width;
        int groups = Math.min(examples, MAX_GROUPS);
        if (groups < 2) {
            return Double.NaN;
        }
        double[] sums = Score.sums(width, statistics);
        double mean = 0;
        double squares = 0;
        for (int group = 0; group < groups; group++) {
            int from = start(group, groups, examples);
            int to = start(group + 1, groups, examples);
            double value = scorer.value(without(sums, statistics, from, to), examples - (to - from));
            // Welford's recurrence: no cancellation where losses are close.
            double difference = value - mean;
            mean += difference / (group + 1);
            squares += difference * (value - mean);
        }
        double error = Math.sqrt(squares * (groups - 1) / groups);
        return Double.isFinite(error) ? error : Double.NaN;
    }

    private static int start(int group, int groups, int examples) {
        return (int) ((long) group * examples / groups);
    }

    private static double[] without(double[] sums, double[] statistics, int from, int to) {
        int width = sums.length;
        double[] rest = sums.clone();
        for (int at = from * width; at < to * width; at++) {
            rest[at % width] -= statistics[at];
        }
        return rest;
    }
}
