package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Range;

/**
 * A scalar that users or production report, what of it counts, and which way is better.
 *
 * @param name as it stands in what is reported
 */
public record Metric(String name, Aggregate aggregate, boolean maximized, Range range) {

    /** What of a metric counts: the mean over exposures, or a quantile of all values. */
    public enum Aggregate {
        MEAN(Double.NaN),
        P50(0.5),
        P95(0.95),
        P99(0.99);

        private final double share;

        Aggregate(double share) {
            this.share = share;
        }

        boolean isQuantile() {
            return this != MEAN;
        }

        /** Of the values that are no greater than the quantile; NaN of a mean. */
        double share() {
            return share;
        }
    }

    /** What is kept of a single value of this metric. */
    public Tally tally(double value) {
        return new Tally(
                Moments.of(value, range), aggregate.isQuantile() ? LogHistogram.of(value, range) : LogHistogram.NONE);
    }

    /** What counts of many values, in the metric's unit; NaN of nothing. */
    public double level(Tally tally) {
        return aggregate.isQuantile()
                ? tally.bins().quantile(aggregate.share())
                : range.value(tally.sums().mean());
    }

    /** Of the level, in the metric's unit; NaN of fewer than two values. */
    public double standardError(Tally tally) {
        return aggregate.isQuantile()
                ? tally.bins().standardError(aggregate.share())
                : range.width() * tally.sums().standardError();
    }
}
