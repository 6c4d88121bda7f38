package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Pairs;

/**
 * Aggregated values of a metric. A late report is applied as the difference between the new and the old tally.
 *
 * @param bins empty unless the metric's aggregate is a quantile, or its values are still to be winsorised
 * @param pairs none unless observations have a second value
 */
public record Tally(Moments sums, LogHistogram bins, Pairs pairs) {
    public static final Tally NONE = new Tally(Moments.NONE, LogHistogram.NONE, Pairs.NONE);

    /** A tally whose observations have no second value. */
    public static Tally of(Moments sums, LogHistogram bins) {
        return new Tally(sums, bins, Pairs.NONE);
    }

    /** The tally of one value with a second one, a share of its range; without a value there is nothing to pair. */
    public Tally paired(double second) {
        return sums.count() == 1 ? new Tally(sums, bins, Pairs.of(sums.sum(), second)) : this;
    }

    public Tally plus(Tally other) {
        return new Tally(sums.plus(other.sums), bins.plus(other.bins), pairs.plus(other.pairs));
    }

    public Tally minus(Tally other) {
        return new Tally(sums.minus(other.sums), bins.minus(other.bins), pairs.minus(other.pairs));
    }

    /** A tally of so many times as many values of the same kind. */
    public Tally grown(double times) {
        return new Tally(sums.grown(times), bins.grown(times), pairs.grown(times));
    }

    public long count() {
        return sums.count();
    }
}
