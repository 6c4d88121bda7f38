package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Pairs;

/**
 * How a value is adjusted by what its unit did before it was drawn (CUPED: Deng, Xu, Kohavi, Walker: Improving the sensitivity of online
 * controlled experiments by utilizing pre-experiment data, 2013). A value y of a unit with the past x counts as y - slope (x - mean); a value
 * of a unit without a past counts as it is. The past does not depend on the draw, so the expected difference of two arms is the same
 * for any slope and mean that were fixed before. Its variance is smaller, by the part that the past explains.
 *
 * @param slope 0 to 1
 * @param mean share of the metric's range
 */
public record Adjustment(double slope, double mean) {
    /** Before it is known: values count as they are. */
    public static final Adjustment NONE = new Adjustment(0, 0);

    /** The slope with which the past explains most of these values; 0 if it explains nothing. */
    public static Adjustment fitted(Pairs pairs) {
        double mean = pairs.sum() / pairs.count();
        double variance = pairs.squares() / pairs.count() - mean * mean;
        double covariance = pairs.products() / pairs.count() - mean * pairs.own() / pairs.count();
        double slope = covariance / variance;
        return pairs.count() < 2 || !(variance > 0) || !(slope > 0) ? NONE : new Adjustment(Math.min(1, slope), mean);
    }

    /** Moments of the adjusted values. */
    Moments of(Tally tally) {
        Moments own = tally.sums();
        Pairs pairs = tally.pairs();
        double count = pairs.count();
        double products = pairs.products() - mean * pairs.own();
        double squares = pairs.squares() - 2 * mean * pairs.sum() + count * mean * mean;
        return new Moments(
                own.count(),
                own.sum() - slope * (pairs.sum() - count * mean),
                own.squares() - 2 * slope * products + slope * slope * squares,
                own.clipped());
    }
}
