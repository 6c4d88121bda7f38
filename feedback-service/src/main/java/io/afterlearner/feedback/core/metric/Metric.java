package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Pairs;
import io.afterlearner.feedback.core.statistics.Range;
import io.afterlearner.feedback.core.statistics.Sample;
import org.jspecify.annotations.Nullable;

/**
 * A scalar that users or production report, with its aggregate and direction.
 *
 * @param name as in the reports
 * @param range of the values; of a ratio's, the range of each unit's own ratio
 * @param winsorise share of the shipped model's values, in (0, 1): the quantile that values are capped at; 1 if they are not
 * @param per of a ratio, else null
 * @param adjustment by what a unit did before; null if values are not adjusted; never of a ratio
 */
public record Metric(
        String name,
        Aggregate aggregate,
        boolean maximized,
        Range range,
        double winsorise,
        @Nullable Per per,
        @Nullable Adjustment adjustment) {

    /** A metric whose values are not capped. */
    public Metric(String name, Aggregate aggregate, boolean maximized, Range range) {
        this(name, aggregate, maximized, range, 1);
    }

    /** A metric that is no ratio. */
    public Metric(String name, Aggregate aggregate, boolean maximized, Range range, double winsorise) {
        this(name, aggregate, maximized, range, winsorise, null, null);
    }

    /** The ratio of two sums: of the values called so, and of another value. */
    public static Metric ratio(String name, Per per, boolean maximized, Range range) {
        return new Metric(name, Aggregate.RATIO, maximized, range, 1, per, null);
    }

    /**
     * A ratio's denominator.
     *
     * @param name as in the reports
     * @param most of one exposure that counts; above 0. It bounds the influence of one unit
     */
    public record Per(String name, double most) {}

    /** The mean over exposures, a ratio of two sums over them, or a quantile of all values. */
    public enum Aggregate {
        MEAN(Double.NaN),
        RATIO(Double.NaN),
        P50(0.5),
        P95(0.95),
        P99(0.99);

        private final double share;

        Aggregate(double share) {
            this.share = share;
        }

        public boolean isQuantile() {
            return !Double.isNaN(share);
        }

        /** Share of values at or below the quantile; NaN for a mean or ratio. */
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
        return new Metric(name, aggregate, maximized, new Range(range.low(), cap), winsorise, per, adjustment);
    }

    /** Whether values are adjusted by what their unit did before. How is fixed before anything is compared. */
    public boolean isAdjusted() {
        return adjustment != null;
    }

    /** The metric with its values adjusted. */
    public Metric adjusted(Adjustment by) {
        return new Metric(name, aggregate, maximized, range, winsorise, per, by);
    }

    /** The metric with its values as they are. */
    public Metric unadjusted() {
        return new Metric(name, aggregate, maximized, range, winsorise, per, null);
    }

    /** The tally of one value. If it is winsorised, the value is kept until it can be capped. */
    public Tally tally(double value) {
        return Tally.of(Moments.of(value, range), bins(value));
    }

    /**
     * The tally of one exposure's sums for a ratio. Its own ratio counts within the range, with the weight of its denominator up to the
     * maximum: one that is beyond it counts as if it had the maximum, at the same ratio. Without a denominator it counts nothing.
     */
    public Tally tally(double sum, Per of, double denominator) {
        double weight = Math.min(Math.max(denominator, 0), of.most()) / of.most();
        Moments share = weight > 0 ? Moments.of(sum / denominator, range) : Moments.ZERO;
        double own = weight * share.sum();
        long clipped = denominator > of.most() ? 1 : share.clipped();
        return new Tally(new Moments(1, own, own * own, clipped), LogHistogram.NONE, Pairs.of(own, weight));
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

    /**
     * Moments of the values that a mean or ratio is of, as shares of the range. A ratio's are as of units of equal weight, so that
     * whatever holds for means can be computed from them. Adjusted values may be outside of the range.
     */
    public Moments sums(Tally tally) {
        return adjustment == null ? sample(tally).moments() : adjustment.of(tally);
    }

    /** What the level of a mean or ratio is of, as it was reported, to be added to more of it. */
    public Sample sample(Tally tally) {
        return new Sample(tally.sums(), aggregate == Aggregate.RATIO ? tally.pairs() : Pairs.NONE);
    }

    /** Number of values; of a ratio, the number of units of equal weight. */
    public long values(Tally tally) {
        return aggregate.isQuantile() ? tally.count() : sums(tally).count();
    }

    /** The aggregate, in the metric's unit; NaN without values. */
    public double level(Tally tally) {
        return aggregate.isQuantile()
                ? tally.bins().quantile(aggregate.share())
                : range.value(sums(tally).mean());
    }

    /** Standard error of the level, in the metric's unit; NaN of fewer than two values. */
    public double standardError(Tally tally) {
        return aggregate.isQuantile()
                ? tally.bins().standardError(aggregate.share())
                : range.width() * sums(tally).standardError();
    }
}
