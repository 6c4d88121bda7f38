package io.afterlearner.evaluation;

import io.afterlearner.evaluation.loss.Scorer.BoundedMean;

/**
 * How far the measured loss of the best candidate may be from its true one. Of all candidates that a search could end
 * with, each has a weight p and all weights sum to at most 1. With probability {@code confidence} over the draw of m
 * independent examples, for all of them at once |measured − true| is at most
 * (high − low)·√((ln(1 / p) + ln(2 / (1 − confidence))) / 2m): Hoeffding's inequality for each with its share of the risk
 * (Blumer et al.: Occam's razor, 1987). Here ln(1 / p) = nats + ln candidates: the code length of what the search learned
 * from its losses, and which of its candidates is chosen. Where nothing is learned, this is Bonferroni's correction.
 *
 * @param distance in units of the loss, at least 0; at {@code high − low} and over it says nothing
 * @see <a href="https://doi.org/10.1080/01621459.1963.10500830">Hoeffding, Probability Inequalities for Sums of Bounded Random Variables (1963), theorem 2</a>
 */
public record OverfittingBound(double distance, long candidates, double learnedNats, long examples, double confidence) {

    /**
     * @param loss the bounded mean that was minimised, with the number of examples that count; a loss without one has
     *     no bound
     * @param candidates evaluated, at least 1
     * @param learnedNats how much the search may have adapted to the losses, at least 0 and finite
     * @param confidence within (0, 1), such as 0.95
     */
    public static OverfittingBound of(BoundedMean loss, long candidates, double learnedNats, double confidence) {
        if (candidates < 1
                || loss.examples() < 1
                || !(learnedNats >= 0 && learnedNats < Double.POSITIVE_INFINITY)
                || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("no bound for " + candidates + " candidates, " + learnedNats + " nats, "
                    + loss.examples() + " examples, confidence " + confidence);
        }
        double nats = learnedNats + Math.log((double) candidates) + Math.log(2 / (1 - confidence));
        double unit = Math.sqrt(nats / (2.0 * loss.examples()));
        return new OverfittingBound(
                (loss.high() - loss.low()) * unit, candidates, learnedNats, loss.examples(), confidence);
    }
}
