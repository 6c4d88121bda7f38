package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.ConfidenceSequence;
import io.afterlearner.feedback.core.statistics.QuantileComparison;

/**
 * Compares a metric's mean, sum, rate, ratio or quantile in two arms. A comparison may be repeated as exposures arrive: the
 * probability that any of its results is wrong is at most alpha.
 */
public record Comparison(Metric metric, double alpha) {

    /** Whether a's level is significantly above ratio times b's. */
    boolean isAbove(Tally a, Tally b, double ratio) {
        return metric.aggregate().isQuantile()
                ? exceedance().isAbove(a.bins(), b.bins(), ratio)
                : excess(a, b, ratio) > halfWidth(a, b, ratio);
    }

    /** Whether a's level is significantly below ratio times b's. */
    boolean isBelow(Tally a, Tally b, double ratio) {
        return metric.aggregate().isQuantile()
                ? exceedance().isBelow(a.bins(), b.bins(), ratio)
                : -excess(a, b, ratio) > halfWidth(a, b, ratio);
    }

    public boolean isBetter(Tally a, Tally b) {
        return metric.maximized() ? isAbove(a, b, 1) : isBelow(a, b, 1);
    }

    public boolean isWorse(Tally a, Tally b) {
        return metric.maximized() ? isBelow(a, b, 1) : isAbove(a, b, 1);
    }

    /** How much worse a is than b, in the metric's unit; negative if better, NaN if either is empty. */
    public double loss(Tally a, Tally b) {
        double difference = metric.level(a) - metric.level(b);
        return metric.maximized() ? -difference : difference;
    }

    /** Standard error of the loss; NaN if either has fewer than two values. */
    public double standardError(Tally a, Tally b) {
        return StrictMath.hypot(metric.standardError(a), metric.standardError(b));
    }

    private QuantileComparison exceedance() {
        return new QuantileComparison(metric.aggregate().share(), alpha);
    }

    private double excess(Tally a, Tally b, double ratio) {
        return metric.level(a) - ratio * metric.level(b);
    }

    private double halfWidth(Tally a, Tally b, double ratio) {
        return metric.range().width() * new ConfidenceSequence(alpha).halfWidth(metric.sums(a), metric.sums(b), ratio);
    }
}
