package io.afterlearner.feedback.core.statistics;

/**
 * What is kept of any number of values: enough for mean and standard error, the same in whatever order they came, and
 * correctable, for what is added can be taken away. Values are shares of their {@link Range}, 0 to 1, so that squares
 * and sums of one size are subtracted whatever the metric's unit.
 *
 * @param count how many
 * @param sum of the shares
 * @param squares sum of the shares' squares
 * @param clipped how many lay outside the range
 */
public record Moments(long count, double sum, double squares, long clipped) {
    public static final Moments NONE = new Moments(0, 0, 0, 0);

    /** A single value. */
    public static Moments of(double value, Range range) {
        double share = range.share(value);
        return new Moments(1, share, share * share, range.holds(value) ? 0 : 1);
    }

    public Moments plus(Moments other) {
        return new Moments(count + other.count, sum + other.sum, squares + other.squares, clipped + other.clipped);
    }

    public Moments minus(Moments other) {
        return new Moments(count - other.count, sum - other.sum, squares - other.squares, clipped - other.clipped);
    }

    /** Mean share; NaN of nothing. */
    public double mean() {
        return count == 0 ? Double.NaN : sum / count;
    }

    /** Sum of squared deviations from the mean. */
    double deviations() {
        return count == 0 ? 0 : Math.max(0, squares - sum * sum / count);
    }

    /** Unbiased; NaN of fewer than two. */
    public double variance() {
        return count < 2 ? Double.NaN : deviations() / (count - 1);
    }

    /** Of the mean; NaN of fewer than two. */
    public double standardError() {
        return Math.sqrt(variance() / count);
    }
}
