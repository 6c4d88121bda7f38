package io.afterlearner.optimizer.api;

import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.FailureText;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.ScoredVerdict;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictOutcome;
import io.afterlearner.schemas.VerdictReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the test split shows about a study's final candidate, as result.json has it.
 *
 * @param outcome kept, improved, worse or inconclusive
 * @param reason of the outcome, as in {@code VerdictAnswer.avsc}
 * @param failure why the test split could not be scored; else null
 * @param candidate the final candidate
 * @param low lower end of the gain's 95 % interval; null if nothing limits it or there is no interval
 * @param high upper end; null if nothing limits it or there is no interval
 * @param smallestGain that this test split would show in four of five cases; null if unknown
 * @param minimumGain that an improvement must exceed
 * @param examples that count in the comparison
 * @param shippedLoss on the test split; null unless it was scored
 * @param candidateLoss on the test split; null unless it was scored
 */
public record VerdictJson(
        String outcome,
        String reason,
        @Nullable String failure,
        long candidate,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double smallestGain,
        double minimumGain,
        long examples,
        @Nullable Double shippedLoss,
        @Nullable Double candidateLoss) {

    /**
     * Null while a study runs, while no evaluator has answered, and for an online study.
     *
     * @param answer about the study's incumbent
     */
    static @Nullable VerdictJson of(StudySpec spec, Incumbent end, @Nullable VerdictAnswer answer) {
        boolean over = end.getStatus() == StudyStatus.FINISHED || end.getStatus() == StudyStatus.STOPPED;
        if (!over || end.getBaselineLoss() == null || spec.getOnline() != null) {
            return null;
        }
        if (answer == null) {
            return spec.getTest() == null ? without(spec, end, VerdictReason.NO_TEST_SPLIT, null) : null;
        }
        if (answer.getOutcome() instanceof Failed failed) {
            return without(spec, end, VerdictReason.NOT_SCORED, FailureText.of(failed));
        }
        ScoredVerdict verdict = (ScoredVerdict) answer.getOutcome();
        return new VerdictJson(
                word(verdict.getOutcome()),
                verdict.getReason().name(),
                null,
                answer.getNumber(),
                verdict.getLow(),
                verdict.getHigh(),
                verdict.getSmallestGain(),
                verdict.getMinimumGain(),
                verdict.getExamples(),
                verdict.getShipped().getLoss(),
                verdict.getCandidate().getLoss());
    }

    private static VerdictJson without(StudySpec spec, Incumbent end, VerdictReason reason, @Nullable String failure) {
        boolean kept = end.getNumber() == 0;
        return new VerdictJson(
                word(kept ? VerdictOutcome.KEPT : VerdictOutcome.INCONCLUSIVE),
                (kept ? VerdictReason.NOTHING_BETTER_FOUND : reason).name(),
                failure,
                end.getNumber(),
                null,
                null,
                null,
                spec.getEvaluation().getMinimumGain(),
                0,
                null,
                null);
    }

    private static String word(VerdictOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
