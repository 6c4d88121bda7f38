package io.afterlearner.feedback.core;

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
record Futility(Metric metric, double alpha) {

    /**
     * The chance of being shown better, in [0, 1]; 1 where it is not known: of quantiles, and before there are two values
     * each.
     *
     * @param grows how many times what there is now there will be at the end, at least 1
     */
    double chance(Tally own, Tally opponent, double grows) {
        double gain = metric.maximized() ? gain(own, opponent) : gain(opponent, own);
        double unknown = error(own, opponent) * Math.sqrt(Math.max(0, 1 - 1 / grows));
        if (metric.aggregate().isQuantile() || !Double.isFinite(unknown) || unknown == 0) {
            return 1;
        }
        double needed = new Sequence(alpha).halfWidth(grown(own.sums(), grows), grown(opponent.sums(), grows), 1);
        return Math.min(1, 2 * upperTail((needed - gain) / unknown));
    }

    private static double gain(Tally better, Tally worse) {
        return better.sums().mean() - worse.sums().mean();
    }

    private static double error(Tally own, Tally opponent) {
        double one = own.sums().standardError();
        double other = opponent.sums().standardError();
        return Math.sqrt(one * one + other * other);
    }

    private static Sums grown(Sums sums, double times) {
        return new Sums(Math.round(sums.count() * times), sums.sum() * times, sums.squares() * times, sums.clipped());
    }

    /** Of the normal distribution above z: Abramowitz and Stegun 26.2.17, to 1e-7. */
    static double upperTail(double z) {
        if (z < 0) {
            return 1 - upperTail(-z);
        }
        double t = 1 / (1 + 0.2316419 * z);
        double polynomial =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * Math.PI) * polynomial;
    }
}
