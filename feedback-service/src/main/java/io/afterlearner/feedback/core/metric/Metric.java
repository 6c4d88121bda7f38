package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Range;

/**
 * A scalar that users or production report, with its aggregate and direction.
 *
 * @param name as in the reports
 * @param winsorise share of the shipped model's values, in (0, 1): the quantile that values are capped at; 1 if they are not
 */
public record Metric(String name, Aggregate aggregate, boolean maximized, Range range, double winsorise) {

    /** A metric whose values are not capped. */
    public Metric(String name, Aggregate aggregate, boolean maximized, Range range) {
        this(name, aggregate, maximized, range, 1);
    }

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

    /** Whether values are capped at a quantile of the shipped model's, which has to be seen first. */
    public boolean isWinsorised() {
        return winsorise < 1;
    }

    /** The metric with a known cap. */
    public Metric cappedAt(double cap) {
        return new Metric(name, aggregate, maximized, new Range(range.low(), cap), winsorise);
    }

    /** The tally of one value. If it is winsorised, the value is kept until it can be capped. */
    public Tally tally(double value) {
        return Tally.of(Moments.of(value, range), bins(value));
    }

    private LogHistogram bins(double value) {
        if (isWinsorised()) {
            return LogHistogram.singly(range.clipped(value));
        }
        return aggregate.isQuantile() ? LogHistogram.of(value, range) : LogHistogram.NONE;
    }

    /** A tally whose values were kept, with each of them capped. */
    public Tally capped(Tally values) {
        return Tally.of(values.bins().moments(range), LogHistogram.NONE);
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
