package io.afterlearner.local.report;

import io.afterlearner.evaluation.OverfittingBound;
import io.afterlearner.evaluation.loss.Scorer.BoundedMean;
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

    static Bound none(String because) {
        return new Bound(null, "There is no bound: " + because + ". Trust the test split.");
    }

    /**
     * @param loss the bounded mean that was minimised
     * @param told candidates with a loss, at least 1
     * @param learnedNats how much the search may have adapted to them
     */
    static Bound of(BoundedMean loss, long told, double learnedNats) {
        OverfittingBound choice = OverfittingBound.of(loss, told, 0, CONFIDENCE);
        OverfittingBound all = OverfittingBound.of(loss, told, learnedNats, CONFIDENCE);
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
        if (all.distance() >= loss.high() - loss.low()) {
            return none(String.format(
                    Locale.ROOT,
                    "%s, and %s, more than the loss can differ at all; more search examples, fewer candidates or"
                            + " optimizer.runs would give one",
                    facts,
                    adapted));
        }
        String text = learnedNats > 0 ? facts + "; " + adapted : facts;
        return new Bound(
                all.distance(),
                "With 95% confidence the true loss is within " + Numbers.of(all.distance()) + " of the search loss: "
                        + text
                        + " (Hoeffding's inequality over all that the search could have found). The test split has the"
                        + " last word.");
    }
}
