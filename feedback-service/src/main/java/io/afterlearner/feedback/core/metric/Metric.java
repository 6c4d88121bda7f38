package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Range;

/**
 * A scalar that users or production report, with its aggregate and direction.
 *
 * @param name as in the reports
 */
public record Metric(String name, Aggregate aggregate, boolean maximized, Range range) {

    /** The mean over exposures, or a quantile of all values. */
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

        /** Share of values at or below the quantile; NaN for the mean. */
        double share() {
            return share;
        }
    }

    /** The metric of slices of time: the mean of one value per slice, such as its quantile. */
    public Metric ofSlices() {
        return new Metric(name, Aggregate.MEAN, maximized, range);
    }

    /** The tally of one value. */
    public Tally tally(double value) {
        return new Tally(
                Moments.of(value, range), aggregate.isQuantile() ? LogHistogram.of(value, range) : LogHistogram.NONE);
    }

    /** The aggregate, in the metric's unit; NaN without values. */
    public double level(Tally tally) {
        return aggregate.isQuantile()
                ? tally.bins().quantile(aggregate.share())
                : range.value(tally.sums().mean());
    }

    /** Standard error of the level, in the metric's unit; NaN of fewer than two values. */
    public double standardError(Tally tally) {
        return aggregate.isQuantile()
                ? tally.bins().standardError(aggregate.share())
                : range.width() * tally.sums().standardError();
    }
}
