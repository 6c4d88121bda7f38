package io.afterlearner.evaluation.verdict;

import io.afterlearner.evaluation.score.PairedComparison;
import io.afterlearner.evaluation.score.Score;
import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.evaluation.score.Verdict.Reason;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.FailureText;
import io.afterlearner.schemas.ScoredVerdict;
import io.afterlearner.schemas.SplitLoss;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictOutcome;
import io.afterlearner.schemas.VerdictReason;
import org.jspecify.annotations.Nullable;

/**
 * Turns a verdict into a record, and back. An evaluator computes it once, and all others show it, so that all show the same. An
 * infinite or missing number is null in a record.
 */
public final class VerdictRecords {
    private VerdictRecords() {}

    /**
     * The verdict of two scores of the test split.
     *
     * @param number of the final candidate; 0 if nothing beat the shipped model
     */
    public static ScoredVerdict record(StudySpec spec, long number, Score shipped, Score candidate) {
        double minimumGain = spec.getEvaluation().getMinimumGain();
        long seed = spec.getOptimizer().getSeed();
        Verdict verdict = number == 0 ? Verdict.kept(minimumGain) : Verdict.of(shipped, candidate, minimumGain, seed);
        PairedComparison compared = PairedComparison.bootstrap(shipped, candidate, seed);
        return new ScoredVerdict(
                VerdictOutcome.valueOf(verdict.outcome().name()),
                VerdictReason.valueOf(verdict.reason().name()),
                finite(verdict.low()),
                finite(verdict.high()),
                finite(verdict.smallestGain()),
                verdict.minimumGain(),
                (long) verdict.examples(),
                loss(shipped, compared.first()),
                loss(candidate, compared.second()));
    }

    /** With fewer examples, percentiles are too narrow for an interval. */
    private static SplitLoss loss(Score score, double[] interval) {
        boolean few = score.examples() < Verdict.MIN_EXAMPLES;
        return new SplitLoss(score.loss(), few ? null : finite(interval[0]), few ? null : finite(interval[1]));
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /**
     * The verdict on a study's final candidate.
     *
     * @param number of the candidate
     * @param answer an evaluator's; null in a study without a test split
     */
    public static Verdict verdict(StudySpec spec, long number, @Nullable VerdictAnswer answer) {
        double minimumGain = spec.getEvaluation().getMinimumGain();
        if (answer == null || answer.getOutcome() instanceof Failed) {
            return number == 0 ? Verdict.kept(minimumGain) : missing(minimumGain, answer);
        }
        ScoredVerdict record = (ScoredVerdict) answer.getOutcome();
        if (record.getOutcome() == VerdictOutcome.UNKNOWN || record.getReason() == VerdictReason.UNKNOWN) {
            return Verdict.notScored(minimumGain, "a newer version of AfterLearner made the verdict; run that version");
        }
        Reason reason = Reason.valueOf(record.getReason().name());
        double missing = hasInterval(reason) ? Double.POSITIVE_INFINITY : Double.NaN;
        return new Verdict(
                Verdict.Outcome.valueOf(record.getOutcome().name()),
                reason,
                number(record.getLow(), -missing),
                number(record.getHigh(), missing),
                number(record.getSmallestGain(), Double.NaN),
                record.getMinimumGain(),
                Math.toIntExact(record.getExamples()),
                null);
    }

    private static Verdict missing(double minimumGain, @Nullable VerdictAnswer answer) {
        return answer == null
                ? Verdict.untested(minimumGain)
                : Verdict.notScored(minimumGain, FailureText.of((Failed) answer.getOutcome()));
    }

    private static boolean hasInterval(Reason reason) {
        return reason == Reason.SHOWN || reason == Reason.NOT_SHOWN || reason == Reason.WITHIN_ROUNDING;
    }

    private static double number(@Nullable Double value, double missing) {
        return value == null ? missing : value;
    }
}
