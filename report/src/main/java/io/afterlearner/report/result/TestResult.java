package io.afterlearner.report.result;

import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.evaluation.verdict.VerdictRecords;
import io.afterlearner.report.result.SplitResult.Interval;
import io.afterlearner.report.result.SplitResult.Measured;
import io.afterlearner.schemas.ScoredVerdict;
import io.afterlearner.schemas.SplitLoss;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.VerdictAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What the test split shows, as an evaluator answered.
 *
 * @param losses null if the study has no test split, or it could not be scored
 */
public record TestResult(Verdict verdict, @Nullable SplitResult losses) {

    /**
     * @param number the final candidate
     * @param answer about it; null in a study without a test split
     */
    public static TestResult of(StudySpec spec, long number, @Nullable VerdictAnswer answer) {
        Verdict verdict = VerdictRecords.verdict(spec, number, answer);
        return answer != null && answer.getOutcome() instanceof ScoredVerdict scored
                ? new TestResult(
                        verdict, losses(scored, verdict, answer.getProvenance().getExamples()))
                : new TestResult(verdict, null);
    }

    /** The interval of the difference is that of the verdict. */
    private static SplitResult losses(ScoredVerdict scored, Verdict verdict, long examples) {
        SplitLoss shipped = scored.getShipped();
        SplitLoss candidate = scored.getCandidate();
        double difference = candidate.getLoss() - shipped.getLoss();
        return new SplitResult(
                measured(shipped),
                measured(candidate),
                new Measured(difference, Interval.of(-verdict.high(), -verdict.low())),
                Math.toIntExact(examples));
    }

    private static Measured measured(SplitLoss loss) {
        Double low = loss.getLow();
        Double high = loss.getHigh();
        return new Measured(loss.getLoss(), low == null || high == null ? null : Interval.of(low, high));
    }
}
