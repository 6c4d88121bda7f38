package io.afterlearner.feedback.core.statistics;

/**
 * The ratio of two sums over units, such as revenue per session, where a unit contributes any number of sessions.
 *
 * <p>The unit is the sample, not the session: sessions of one unit are not independent. The variance of the ratio r of two sums of units'
 * values s and d is that of the sum of s - r d, by the delta method (Deng, Knoblich, Lu: Applying the delta method in metric analytics, 2018).
 *
 * <p>A ratio is the mean of the units' own ratios, weighted by d. Units with large weights make for fewer observations: as many
 * units of equal weight would have the same variance as these if their number were (sum of d)² / (sum of d²) (Kish 1965). So where most
 * units have no session, or a few have most of them, there are few observations, and nothing is shown early.
 */
public final class Ratio {
    /** Units of equal weight are as many as they are, whatever the last digits of their sums. */
    private static final double ROUNDING = 1e-6;

    private Ratio() {}

    /**
     * Moments as of so many units of equal weight, whose mean is the ratio and whose standard error is the ratio's.
     *
     * @param own moments of the numerator's shares
     * @param pairs the denominator's shares with them
     */
    public static Moments moments(Moments own, Pairs pairs) {
        double ratio = own.sum() / pairs.sum();
        if (!(pairs.sum() > 0) || !Double.isFinite(ratio)) {
            return Moments.NONE;
        }
        double off = own.squares() - 2 * ratio * pairs.products() + ratio * ratio * pairs.squares();
        double variance = Math.max(0, off) / pairs.squares();
        long count = (long) Math.floor(pairs.sum() * pairs.sum() / pairs.squares() + ROUNDING);
        return new Moments(count, ratio * count, (ratio * ratio + variance) * count, own.clipped());
    }
}
