package io.afterlearner.feedback.core.statistics;

/**
 * The declared range of a metric's values. Values outside are clamped, which bounds the influence of an outlier.
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

    /** The nearest value within the range. */
    public double clipped(double value) {
        return Math.min(Math.max(value, low), high);
    }

    /** Position of a value within the range, 0 to 1. */
    double share(double value) {
        return (clipped(value) - low) / width();
    }

    /** The inverse of {@link #share}. */
    public double value(double share) {
        return low + share * width();
    }
}
