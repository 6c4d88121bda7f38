package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.ConfidenceSequence;
import io.afterlearner.feedback.core.statistics.Moments;
import java.util.function.DoublePredicate;

/**
 * How much traffic a sequential comparison needs to show something with a probability of {@link #CHANCE}, by the test that will
 * decide. What was measured so far stands for what will come. All results are factors by which the tallies must grow.
 *
 * @param alpha of the comparison
 */
public record Power(Metric metric, double alpha) {
    public static final double CHANCE = 0.8;
    /** Quantile of the standard normal distribution at {@link #CHANCE}. */
    private static final double QUANTILE = 0.8416;
    /** A quantile's test has no standard error; so much more than its expected course needs. */
    private static final double QUANTILE_MARGIN = 1.5;

    private static final double LEAST = 0x1p-20;
    private static final double MOST = 0x1p40;

    /**
     * Until a gain over the opponent is shown; infinity if it never is, NaN for a quantile.
     *
     * @param gain in the metric's unit, above 0
     */
    public double toShow(Tally own, Tally opponent, double gain) {
        return metric.aggregate().isQuantile()
                ? Double.NaN
                : least(growth ->
                        needs(own, opponent, growth, 1) <= gain / metric.range().width());
    }

    /** Until an arm like control is shown to keep the limit of a guardrail; infinity if it never is. */
    public double toKeep(Tally own, Tally control, Guardrail guardrail) {
        if (metric.aggregate().isQuantile()) {
            return QUANTILE_MARGIN * least(growth -> guardrail.isKept(own.grown(growth), control.grown(growth), alpha));
        }
        double room = Math.abs(guardrail.limit() - 1)
                * Math.abs(metric.level(control))
                / metric.range().width();
        return least(growth -> needs(own, control, growth, guardrail.limit()) <= room);
    }

    private double needs(Tally own, Tally opponent, double growth, double ratio) {
        Moments ours = metric.sums(own).grown(growth);
        Moments theirs = metric.sums(opponent).grown(growth);
        double error = StrictMath.hypot(ours.standardError(), ratio * theirs.standardError());
        return new ConfidenceSequence(alpha).halfWidth(ours, theirs, ratio) + QUANTILE * error;
    }

    /** The least growth at which the condition holds, to 2 %, if it holds from there on. */
    private static double least(DoublePredicate isEnough) {
        double low = LEAST;
        double high = low;
        while (!isEnough.test(high)) {
            low = high;
            high *= 4;
            if (high > MOST) {
                return Double.POSITIVE_INFINITY;
            }
        }
        while (high > 1.02 * low) {
            double middle = Math.sqrt(low * high);
            low = isEnough.test(middle) ? low : middle;
            high = low == middle ? high : middle;
        }
        return high;
    }
}
