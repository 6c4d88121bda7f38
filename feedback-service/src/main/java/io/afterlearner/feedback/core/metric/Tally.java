package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;

/**
 * What is kept of a metric's values. What comes late is corrected by the difference of what it makes and what it was
 * taken for.
 *
 * @param bins empty unless a quantile counts
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
