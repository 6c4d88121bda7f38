package io.afterlearner.report.result;

import io.afterlearner.evaluation.loss.Scorer.BoundedMean;
import io.afterlearner.evaluation.score.OverfittingBound;
import io.afterlearner.report.words.Numbers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A bound on the distance between the search loss and the true loss.
 *
 * @param excess in units of the loss; null if there is no bound
 * @param reason what the bound means, or why there is none
 */
public record Bound(@Nullable Double excess, String reason) {
    private static final double CONFIDENCE = 0.95;
    /** A bound above this share of the largest possible distance is of no use. */
    private static final double MAX_SHARE = 0.9;

    public static Bound none(String because) {
        return new Bound(null, "There is no bound: " + because + ". Rely on the test split.");
    }

    /** For optimizers whose points depend on the values of the losses. */
    public static Bound unlimited(String optimizer) {
        return none("the optimizer " + optimizer
                + " uses the values of the losses, so there is no limit on what it can learn from them; optimizers that"
                + " only compare losses, such as OnePlusOne, DiscreteOnePlusOne or DiagonalCMA, have a bound");
    }

    /**
     * @param loss the bounded mean that was minimised
     * @param measured the best candidate's
     * @param told candidates with a loss, at least 1
     * @param learnedNats how much the search may have adapted to them
     */
    public static Bound of(BoundedMean loss, double measured, long told, double learnedNats) {
        // Rounding may put the mean of bounded numbers outside their range.
        double within = Math.min(Math.max(measured, loss.low()), loss.high());
        OverfittingBound choice = OverfittingBound.of(loss, within, told, 0, CONFIDENCE);
        OverfittingBound all = OverfittingBound.of(loss, within, told, learnedNats, CONFIDENCE);
        String facts = "on " + loss.examples() + " independent search examples, choosing the best of " + told
                + " candidates can shift the loss by " + Numbers.of(choice.distance());
        String adapted = "what the optimizer learned from the losses, " + Math.round(learnedNats)
                + " nats, raises this to " + Numbers.of(all.distance());
        if (all.distance() >= MAX_SHARE * Math.max(loss.high() - within, within - loss.low())) {
            return none(String.format(
                    Locale.ROOT,
                    "%s, and %s, about the largest possible distance; about %,d search examples would lower it to a"
                            + " quarter of the loss's range, and fewer candidates or optimizer.runs above 1 lower it too",
                    facts,
                    adapted,
                    examplesForAQuarter(told, learnedNats)));
        }
        return new Bound(
                all.distance(),
                "With 95% confidence the true loss is within " + Numbers.of(all.distance()) + " of the search loss: "
                        + (learnedNats > 0 ? facts + "; " + adapted : facts)
                        + ". The bound is the Chernoff-Hoeffding inequality over everything the search could have found."
                        + " It assumes that the order of the answers and the suggested candidates did not depend on the"
                        + " examples. The test split has the last word.");
    }

    /** Hoeffding's inequality solved for the number of examples, with a distance of 1/4: 8 per nat. */
    private static long examplesForAQuarter(long told, double learnedNats) {
        return (long) Math.ceil(8 * (learnedNats + Math.log((double) told) + Math.log(2 / (1 - CONFIDENCE))));
    }
}
