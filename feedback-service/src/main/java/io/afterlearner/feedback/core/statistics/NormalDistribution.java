package io.afterlearner.feedback.core.statistics;

/** The standard normal distribution. */
public final class NormalDistribution {
    private static final double FARTHEST = 6;

    private NormalDistribution() {}

    /** Probability of a value above z, to 1e-7 (Abramowitz and Stegun 26.2.17). */
    public static double upperTail(double z) {
        if (z < 0) {
            return 1 - upperTail(-z);
        }
        double t = 1 / (1 + 0.2316419 * z);
        double polynomial =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * Math.PI) * polynomial;
    }

    /** The value below which this share of the values lies, to 1e-6 and within 6 standard deviations of 0. */
    public static double quantile(double share) {
        double low = -FARTHEST;
        double high = FARTHEST;
        while (high - low > 1e-6) {
            double middle = (low + high) / 2;
            if (upperTail(middle) > 1 - share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
