package io.afterlearner.evaluation.score;

import io.afterlearner.evaluation.loss.Scorer.BoundedMean;

/**
 * How far the measured loss of the best candidate may be from its true one. Each candidate that a search could end
 * with has a weight w; all weights sum to at most 1. With probability {@code confidence} over the draw of m
 * independent examples, for all of them at once m·kl(measured ‖ true) is at most ln(1 / w) + ln(2 / (1 − confidence)), both
 * losses scaled to [0, 1] and kl(q ‖ p) = q ln(q / p) + (1 − q) ln((1 − q) / (1 − p)): the Chernoff-Hoeffding inequality for
 * each with its share of the risk (Blumer et al.: Occam's razor, 1987). It is never looser than the square root in
 * Hoeffding's theorem 2, and much tighter if losses are near an end of their range. Here ln(1 / w) = nats + ln
 * candidates: the code length of what the search learned from its losses, and which of its candidates is chosen. If
 * nothing is learned, this is Bonferroni's correction.
 *
 * @param distance in units of the loss, at least 0; near {@code high − low} it says nothing
 * @see <a href="https://doi.org/10.1080/01621459.1963.10500830">Hoeffding, Probability Inequalities for Sums of Bounded Random Variables (1963), theorem 1</a>
 */
public record OverfittingBound(double distance, long candidates, double learnedNats, long examples, double confidence) {

    private static final int BISECTIONS = 60;

    /**
     * @param loss the bounded mean that was minimised, with the number of examples that count; a loss without one has
     *     no bound
     * @param measured the loss of the best candidate, within its range
     * @param candidates evaluated, at least 1
     * @param learnedNats how much the search may have adapted to the losses, at least 0 and finite
     * @param confidence within (0, 1), such as 0.95
     */
    public static OverfittingBound of(
            BoundedMean loss, double measured, long candidates, double learnedNats, double confidence) {
        if (candidates < 1
                || loss.examples() < 1
                || !(measured >= loss.low() && measured <= loss.high())
                || !(learnedNats >= 0 && learnedNats < Double.POSITIVE_INFINITY)
                || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("no bound for loss " + measured + ", " + candidates + " candidates, "
                    + learnedNats + " nats, " + loss.examples() + " examples, confidence " + confidence);
        }
        double nats = learnedNats + Math.log((double) candidates) + Math.log(2 / (1 - confidence));
        double range = loss.high() - loss.low();
        double scaled = range == 0 ? 0 : (measured - loss.low()) / range;
        double each = nats / loss.examples();
        double unit = Math.max(excess(scaled, each), excess(1 - scaled, each));
        return new OverfittingBound(range * unit, candidates, learnedNats, loss.examples(), confidence);
    }

    /** The greatest x with kl(measured ‖ measured + x) at most {@code limit}. */
    private static double excess(double measured, double limit) {
        double within = 0;
        double beyond = 1 - measured;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (within + beyond) / 2;
            if (divergence(measured, measured + middle) <= limit) {
                within = middle;
            } else {
                beyond = middle;
            }
        }
        return beyond;
    }

    private static double divergence(double measured, double real) {
        return term(measured, real) + term(1 - measured, 1 - real);
    }

    private static double term(double share, double other) {
        return share <= 0 ? 0 : share * Math.log(share / other);
    }
}
