package io.afterlearner.evaluation.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluation.loss.Scorer;
import io.afterlearner.evaluation.score.Score;
import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.evaluation.score.Verdict.Outcome;
import io.afterlearner.evaluation.score.Verdict.Reason;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.ScoredVerdict;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictOutcome;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictRecordsTest {
    private static final Scorer MEAN = new Scorer() {
        @Override
        public int statistics() {
            return 1;
        }

        @Override
        public void score(double[] output, double[] target, double[] statistics) {
            statistics[0] = output[0];
        }

        @Override
        public double value(double[] sums, long examples) {
            return sums[0] / examples;
        }
    };

    private static StudySpec spec(double minimumGain) {
        return new StudySpec(
                "s",
                "s",
                0L,
                null,
                List.of(),
                null,
                null,
                null,
                new OptimizerSpec("auto", 10L, 1, 7L, 1, Noise.UNKNOWN, TellOrder.ARRIVAL),
                new EvaluationSpec(1_000L, "default", 0, Map.of(), minimumGain, 3_600_000L),
                List.of(),
                null,
                0L,
                List.of());
    }

    private static Score score(int examples, IntToDoubleFunction loss) {
        return Score.of(MEAN, IntStream.range(0, examples).mapToDouble(loss).toArray());
    }

    private static VerdictAnswer answer(Object outcome) {
        return new VerdictAnswer("s", 0L, 3L, outcome, new Provenance("e", "1", null, null, "CPU", 1L, 1L, 1L));
    }

    @Test
    void theRecordGivesBackTheVerdictOfTheScores() {
        Score shipped = score(40, i -> 2 + i % 3);
        Score candidate = score(40, i -> 1 + i % 5 / 4.0);
        ScoredVerdict record = VerdictRecords.record(spec(0.25), 3, shipped, candidate);

        assertEquals(Verdict.of(shipped, candidate, 0.25, 7), VerdictRecords.verdict(spec(0.25), 3, answer(record)));
        assertEquals(VerdictOutcome.IMPROVED, record.getOutcome());
        assertEquals(shipped.loss(), record.getShipped().getLoss());
        assertTrue(record.getShipped().getLow() < shipped.loss()
                && record.getShipped().getHigh() > shipped.loss());
    }

    @Test
    void anEndThatNothingLimitsAndAMissingIntervalAreNull() {
        ScoredVerdict few = VerdictRecords.record(spec(0), 3, score(5, i -> 2 + i), score(5, i -> i));
        assertNull(few.getLow());
        assertNull(few.getShipped().getLow());
        Verdict tooFew = VerdictRecords.verdict(spec(0), 3, answer(few));
        assertEquals(Reason.TOO_FEW_EXAMPLES, tooFew.reason());
        assertTrue(Double.isNaN(tooFew.low()) && Double.isNaN(tooFew.high()));

        ScoredVerdict some = VerdictRecords.record(spec(0), 3, score(40, i -> 2 + i), score(40, i -> i));
        Verdict unlimited = VerdictRecords.verdict(
                spec(0), 3, answer(ScoredVerdict.newBuilder(some).setHigh(null).build()));
        assertEquals(Double.POSITIVE_INFINITY, unlimited.high());
    }

    @Test
    void whatNothingBeatIsKeptWhateverTheTestSplitSays() {
        Score shipped = score(40, i -> 2 + i);
        ScoredVerdict record = VerdictRecords.record(spec(0), 0, shipped, shipped);
        assertEquals(VerdictOutcome.KEPT, record.getOutcome());
        assertEquals(Outcome.KEPT, VerdictRecords.verdict(spec(0), 0, null).outcome());
        assertEquals(
                Outcome.KEPT,
                VerdictRecords.verdict(spec(0), 0, answer(new Failed("no", null)))
                        .outcome());
    }

    @Test
    void withoutATestSplitOrWithoutAScoreNothingIsShown() {
        assertEquals(
                Reason.NO_TEST_SPLIT, VerdictRecords.verdict(spec(0), 3, null).reason());
        Verdict failed = VerdictRecords.verdict(spec(0.5), 3, answer(new Failed("no space", null)));
        assertEquals(Outcome.INCONCLUSIVE, failed.outcome());
        assertEquals(Reason.NOT_SCORED, failed.reason());
        assertEquals("no space", failed.failure());
        assertEquals(0.5, failed.minimumGain());
    }

    @Test
    void aVerdictOfANewerVersionIsNotGuessed() {
        ScoredVerdict known = VerdictRecords.record(spec(0), 3, score(40, i -> 2), score(40, i -> 1));
        VerdictAnswer newer = answer(ScoredVerdict.newBuilder(known)
                .setOutcome(VerdictOutcome.UNKNOWN)
                .build());
        assertEquals(
                Reason.NOT_SCORED, VerdictRecords.verdict(spec(0), 3, newer).reason());
    }
}
