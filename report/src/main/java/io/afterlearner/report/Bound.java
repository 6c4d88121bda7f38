package io.afterlearner.report;

import io.afterlearner.evaluation.loss.Scorer.BoundedMean;
import io.afterlearner.evaluation.score.OverfittingBound;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far the search loss may be from the true one.
 *
 * @param excess in units of the loss; null where there is no bound
 * @param reason why there is none, or what the bound says
 */
public record Bound(@Nullable Double excess, String reason) {
    private static final double CONFIDENCE = 0.95;
    /** A bound of more than this share of how far the true loss can be at all says nothing that anybody would act on. */
    private static final double MOST = 0.9;

    static Bound none(String because) {
        return new Bound(null, "There is no bound: " + because + ". Trust the test split.");
    }

    /** Where points depend on the values of losses. */
    static Bound unlimited(String optimizer) {
        return none(
                "nothing limits what the optimizer " + optimizer + " can learn from the values of the losses; one that"
                        + " only compares them, such as OnePlusOne, DiscreteOnePlusOne or DiagonalCMA, would give one");
    }

    /**
     * @param loss the bounded mean that was minimised
     * @param measured the best candidate's
     * @param told candidates with a loss, at least 1
     * @param learnedNats how much the search may have adapted to them
     */
    static Bound of(BoundedMean loss, double measured, long told, double learnedNats) {
        // A mean of bounded numbers may leave their range by rounding.
        double within = Math.min(Math.max(measured, loss.low()), loss.high());
        OverfittingBound choice = OverfittingBound.of(loss, within, told, 0, CONFIDENCE);
        OverfittingBound all = OverfittingBound.of(loss, within, told, learnedNats, CONFIDENCE);
        String facts = String.format(
                Locale.ROOT,
                "on %d independent search examples, choosing the best of %d candidates may shift the loss by %s",
                loss.examples(),
                told,
                Numbers.of(choice.distance()));
        String adapted = String.format(
                Locale.ROOT,
                "what the optimizer learned from the losses on its way, %.0f nats, makes it %s",
                learnedNats,
                Numbers.of(all.distance()));
        if (all.distance() >= MOST * Math.max(loss.high() - within, within - loss.low())) {
            return none(String.format(
                    Locale.ROOT,
                    "%s, and %s, about as far as the true loss can be at all; some %,d search examples would bring it"
                            + " to a quarter of the loss's range, and fewer candidates or optimizer.runs above 1 bring it down, too",
                    facts,
                    adapted,
                    examplesForAQuarter(told, learnedNats)));
        }
        String text = learnedNats > 0 ? facts + "; " + adapted : facts;
        return new Bound(
                all.distance(),
                "With 95% confidence the true loss is within " + Numbers.of(all.distance()) + " of the search loss: "
                        + text
                        + " (the Chernoff-Hoeffding inequality over all that the search could have found, as long as the"
                        + " order in which candidates were answered and what was suggested did not depend on the examples)."
                        + " The test split has the last word.");
    }

    /** Hoeffding's inequality solved for the number of examples, with a distance of 1/4: 8 a nat. */
    private static long examplesForAQuarter(long told, double learnedNats) {
        return (long) Math.ceil(8 * (learnedNats + Math.log((double) told) + Math.log(2 / (1 - CONFIDENCE))));
    }
}
