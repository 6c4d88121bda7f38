package io.afterlearner.feedback.core.statistics;

/**
 * Values whose level is a mean, or a ratio if they have a denominator.
 *
 * @param sums of the values; of the numerator of a ratio
 * @param pairs the denominator of a ratio; none for a mean
 */
public record Sample(Moments sums, Pairs pairs) {
    public static final Sample NONE = new Sample(Moments.NONE, Pairs.NONE);

    public Sample plus(Sample other) {
        return new Sample(sums.plus(other.sums), pairs.plus(other.pairs));
    }

    long count() {
        return sums.count();
    }

    /** Moments of the values whose mean is the level. */
    public Moments moments() {
        return pairs.equals(Pairs.NONE) ? sums : Ratio.moments(sums, pairs);
    }

    /** The level as a share of the range; NaN if there is none. */
    double mean() {
        return moments().mean();
    }
}
