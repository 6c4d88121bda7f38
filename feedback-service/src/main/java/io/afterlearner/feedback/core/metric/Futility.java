package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.ConfidenceSequence;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.NormalDistribution;

/**
 * How likely it still is that a duel is won, were it fought to the end of its exposures: the predictive power of
 * stochastic curtailment (Lan, Simon, Halperin: Stochastically curtailed tests in long-term clinical trials, 1982;
 * Spiegelhalter, Freedman, Blackburn: Monitoring clinical trials: conditional or predictive power?, 1986). What is known
 * of the difference so far says where it may lie at the end; won is what then lies above the confidence sequence's half
 * width. Since it may be won before the end as well, the chance is doubled, as by the reflection of Brownian motion: an
 * estimate, and rather too great. To give up whoever has little of it makes a wrong promotion rarer, if anything: one is
 * as before where the sequence excludes that there is no difference, and nowhere else.
 *
 * @param alpha of the sequence that it has to win by
 */
public record Futility(Metric metric, double alpha) {

    /**
     * The chance of being shown better, in [0, 1]; 1 where it is not known: of quantiles, and before there are two values
     * each.
     *
     * @param grows how many times what there is now there will be at the end, at least 1
     */
    public double chance(Tally own, Tally opponent, double grows) {
        double gain = metric.maximized() ? gain(own, opponent) : gain(opponent, own);
        double unknown = error(own, opponent) * Math.sqrt(Math.max(0, 1 - 1 / grows));
        if (metric.aggregate().isQuantile() || !Double.isFinite(unknown) || unknown == 0) {
            return 1;
        }
        double needed =
                new ConfidenceSequence(alpha).halfWidth(grown(own.sums(), grows), grown(opponent.sums(), grows), 1);
        return Math.min(1, 2 * NormalDistribution.upperTail((needed - gain) / unknown));
    }

    private static double gain(Tally better, Tally worse) {
        return better.sums().mean() - worse.sums().mean();
    }

    private static double error(Tally own, Tally opponent) {
        double one = own.sums().standardError();
        double other = opponent.sums().standardError();
        return Math.sqrt(one * one + other * other);
    }

    private static Moments grown(Moments sums, double times) {
        return new Moments(
                Math.round(sums.count() * times), sums.sum() * times, sums.squares() * times, sums.clipped());
    }
}
