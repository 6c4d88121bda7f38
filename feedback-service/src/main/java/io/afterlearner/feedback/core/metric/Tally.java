package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;

/**
 * Aggregated values of a metric. A late report is applied as the difference between the new and the old tally.
 *
 * @param bins empty unless the metric's aggregate is a quantile, or its values are still to be winsorised
 */
public record Tally(Moments sums, LogHistogram bins) {
    public static final Tally NONE = new Tally(Moments.NONE, LogHistogram.NONE);

    public Tally plus(Tally other) {
        return new Tally(sums.plus(other.sums), bins.plus(other.bins));
    }

    public Tally minus(Tally other) {
        return new Tally(sums.minus(other.sums), bins.minus(other.bins));
    }

    public long count() {
        return sums.count();
    }
}
