package io.afterlearner.feedback.core.statistics;

/**
 * What a metric's values are declared to lie in. What is outside counts as the nearer end, so that an outlier moves a
 * mean by no more than the range allows.
 *
 * @param low finite
 * @param high finite, above low
 */
public record Range(double low, double high) {

    public Range {
        if (!(low < high) || !Double.isFinite(high - low)) {
            throw new IllegalArgumentException("range is [" + low + ", " + high + "]: low must be below high");
        }
    }

    public double width() {
        return high - low;
    }

    boolean holds(double value) {
        return value >= low && value <= high;
    }

    double clipped(double value) {
        return Math.min(Math.max(value, low), high);
    }

    /** Where a value lies within the range, 0 to 1. */
    double share(double value) {
        return (clipped(value) - low) / width();
    }

    /** The value that lies at a share of the range. */
    public double value(double share) {
        return low + share * width();
    }
}
