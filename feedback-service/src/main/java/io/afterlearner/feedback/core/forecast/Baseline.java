package io.afterlearner.feedback.core.forecast;

import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.NormalDistribution;
import io.afterlearner.feedback.core.statistics.Pairs;
import io.afterlearner.feedback.core.statistics.Range;

/**
 * What the shipped model's values of a metric are like. For a quantile they are taken to be log-normal.
 *
 * @param mean of the values, within the metric's range; above 0 for a quantile
 * @param deviation standard deviation of the values
 */
public record Baseline(double mean, double deviation) {
    /** Values of a synthetic tally: so many that rounding does not matter. */
    static final int VALUES = 10_000;

    /** Of a rate: each value is 0 or 1. */
    public static Baseline rate(double rate) {
        return new Baseline(rate, Math.sqrt(rate * (1 - rate)));
    }

    /** The largest standard deviation of values within a range that have this mean. */
    public static double mostDeviation(double mean, Range range) {
        return Math.sqrt((mean - range.low()) * (range.high() - mean));
    }

    /**
     * The metric with the highest cap that winsorised values of this mean and deviation allow, because a share of them lies at the cap
     * (Cantelli's inequality).
     */
    Metric capped(Metric metric) {
        if (!metric.isWinsorised()) {
            return metric;
        }
        double share = metric.winsorise();
        double most = mean + deviation * Math.sqrt(share / (1 - share));
        return metric.cappedAt(Math.min(most, metric.range().high()));
    }

    /** A tally as control would have it. */
    Tally tally(Metric metric) {
        double share = (mean - metric.range().low()) / metric.range().width();
        double spread = deviation / metric.range().width();
        Moments sums = new Moments(VALUES, VALUES * share, VALUES * share * share + (VALUES - 1) * spread * spread, 0);
        if (metric.per() != null) {
            // The deviation is one of units of equal weight.
            return new Tally(sums, LogHistogram.NONE, new Pairs(VALUES, sums.sum(), VALUES, VALUES, sums.sum()));
        }
        return Tally.of(sums, metric.aggregate().isQuantile() ? bins(metric.range()) : LogHistogram.NONE);
    }

    private LogHistogram bins(Range range) {
        double variance = StrictMath.log1p(deviation / mean * (deviation / mean));
        double middle = StrictMath.log(mean) - variance / 2;
        LogHistogram bins = LogHistogram.NONE;
        for (int i = 0; i < VALUES; i++) {
            double z = NormalDistribution.quantile((i + 0.5) / VALUES);
            bins = bins.plus(LogHistogram.of(StrictMath.exp(middle + Math.sqrt(variance) * z), range));
        }
        return bins;
    }
}
