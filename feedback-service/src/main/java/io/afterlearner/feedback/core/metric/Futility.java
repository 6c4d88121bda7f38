package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.ConfidenceSequence;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.NormalDistribution;

/**
 * Predictive power of a sequential test: the probability that it still rejects by the end of its exposures (Lan, Simon,
 * Halperin: Stochastically curtailed tests in long-term clinical trials, 1982; Spiegelhalter, Freedman, Blackburn:
 * Monitoring clinical trials: conditional or predictive power?, 1986).
 *
 * <p>The difference measured so far predicts the difference at the end. The test rejects if that exceeds the half width of
 * the confidence sequence. As it may reject earlier, the probability is doubled (reflection of Brownian motion), which
 * rather overestimates it. Stopping for futility never adds a false positive: promotion still needs the sequence to
 * exclude zero.
 *
 * @param alpha of the confidence sequence that has to reject
 */
public record Futility(Metric metric, double alpha) {

    /**
     * The probability of a significant improvement by the end; 1 if unknown, that is for quantiles and before each arm has
     * two values.
     *
     * @param grows exposures at the end divided by exposures now, at least 1
     */
    public double chance(Tally own, Tally opponent, double grows) {
        Moments ours = metric.sums(own);
        Moments theirs = metric.sums(opponent);
        double gain = metric.maximized() ? ours.mean() - theirs.mean() : theirs.mean() - ours.mean();
        double error = StrictMath.hypot(ours.standardError(), theirs.standardError());
        double unknown = error * Math.sqrt(Math.max(0, 1 - 1 / grows));
        if (metric.aggregate().isQuantile() || !Double.isFinite(unknown) || unknown == 0) {
            return 1;
        }
        double needed = new ConfidenceSequence(alpha).halfWidth(ours.grown(grows), theirs.grown(grows), 1);
        return Math.min(1, 2 * NormalDistribution.upperTail((needed - gain) / unknown));
    }
}
