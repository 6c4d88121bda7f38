package io.afterlearner.feedback.core.statistics;

/**
 * Count, sum and sum of squares of values: enough for mean and standard error, independent of order, and correctable by
 * subtraction. Values are stored as shares of their {@link Range}, 0 to 1, so precision does not depend on the unit.
 *
 * @param sum sum of the shares
 * @param squares sum of the squared shares
 * @param clipped number of values outside the range
 */
public record Moments(long count, double sum, double squares, long clipped) {
    public static final Moments NONE = new Moments(0, 0, 0, 0);

    /** Moments of one value at the lower end of its range. */
    public static final Moments ZERO = new Moments(1, 0, 0, 0);

    /** Moments of one value. */
    public static Moments of(double value, Range range) {
        double share = range.share(value);
        return new Moments(1, share, share * share, range.holds(value) ? 0 : 1);
    }

    /** Moments of a value that occurs so many times; negative to subtract it. */
    Moments times(long many) {
        return new Moments(count * many, sum * many, squares * many, clipped * many);
    }

    public Moments plus(Moments other) {
        return new Moments(count + other.count, sum + other.sum, squares + other.squares, clipped + other.clipped);
    }

    public Moments minus(Moments other) {
        return new Moments(count - other.count, sum - other.sum, squares - other.squares, clipped - other.clipped);
    }

    /** Moments of so many times as many values of the same kind. */
    public Moments grown(double times) {
        return new Moments(Math.round(count * times), sum * times, squares * times, clipped);
    }

    /** Moments of the same values as shares of a part of their range, of which some may lie outside. */
    public Moments rescaled(double low, double width) {
        double shifted = squares - 2 * low * sum + count * low * low;
        return new Moments(count, (sum - count * low) / width, shifted / (width * width), clipped);
    }

    /** Mean share; NaN if empty. */
    public double mean() {
        return count == 0 ? Double.NaN : sum / count;
    }

    /** Sum of squared deviations from the mean. */
    double deviations() {
        return count == 0 ? 0 : Math.max(0, squares - sum * sum / count);
    }

    /** Unbiased sample variance; NaN of fewer than two values. */
    public double variance() {
        return count < 2 ? Double.NaN : deviations() / (count - 1);
    }

    /** Standard error of the mean; NaN of fewer than two values. */
    public double standardError() {
        return Math.sqrt(variance() / count);
    }
}
