package io.afterlearner.feedback.core.statistics;

import java.util.Arrays;

/**
 * Evidence by betting that a rate is above, or below, p. It is an e-value: while the rate is not, the probability that
 * it ever exceeds 1/alpha is at most alpha, however often it is read (Ville 1939; Waudby-Smith and Ramdas: Estimating
 * means of bounded random variables by betting, 2024). The stake is spread evenly over several alternatives to p, so the
 * e-value depends on the counts alone and not on their order.
 */
final class BettingEvidence {
    /** Distances of the alternatives from p, in log odds. */
    private static final double[] SHIFTS = {0.1, 0.2, 0.4, 0.8, 1.6, 3.2};

    private BettingEvidence() {}

    /** Log of the e-value against a rate of p or less, after hits among count. */
    static double logAbove(long hits, long count, double p) {
        return log(hits, count, p, 1);
    }

    /** Log of the e-value against a rate of p or more. */
    static double logBelow(long hits, long count, double p) {
        return log(hits, count, p, -1);
    }

    private static double log(long hits, long count, double p, int sign) {
        double[] nats = new double[SHIFTS.length];
        for (int i = 0; i < nats.length; i++) {
            double odds = p / (1 - p) * StrictMath.exp(sign * SHIFTS[i]);
            double other = odds / (1 + odds);
            nats[i] = hits * StrictMath.log(other / p) + (count - hits) * StrictMath.log((1 - other) / (1 - p));
        }
        return logMean(nats);
    }

    /** Log of the mean of values given by their logs, without overflow. */
    static double logMean(double... logs) {
        double max = Arrays.stream(logs).max().orElseThrow();
        double sum = Arrays.stream(logs).map(log -> StrictMath.exp(log - max)).sum();
        return max + StrictMath.log(sum / logs.length);
    }
}
