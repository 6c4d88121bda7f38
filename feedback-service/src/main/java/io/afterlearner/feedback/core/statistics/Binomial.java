package io.afterlearner.feedback.core.statistics;

/** The binomial distribution. */
public final class Binomial {

    private Binomial() {}

    /** Probability of at least so many successes. */
    public static double upperTail(long successes, long trials, double probability) {
        double tail = 0;
        for (long k = Math.max(0, successes); k <= trials; k++) {
            tail += StrictMath.exp(logProbability(k, trials, probability));
        }
        return Math.min(1, tail);
    }

    private static double logProbability(long k, long n, double p) {
        return LogGamma.of(n + 1.0)
                - LogGamma.of(k + 1.0)
                - LogGamma.of(n - k + 1.0)
                + k * StrictMath.log(p)
                + (n - k) * StrictMath.log1p(-p);
    }
}
