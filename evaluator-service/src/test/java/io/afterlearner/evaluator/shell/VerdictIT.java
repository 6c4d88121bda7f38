package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluator.scoring.TinyStudy;
import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.ScoredVerdict;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictOutcome;
import io.afterlearner.schemas.Verdicts;
import io.afterlearner.schemas.cluster.ShareGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Evaluators on a real broker score the test split. Each test has its own pools and studies. */
class VerdictIT {
    private static final int EXAMPLES = 40;

    @TempDir
    static Path directory;

    private static EvaluatorBus evaluators;
    private static Bus bus;

    @BeforeAll
    static void start() throws Exception {
        evaluators =
                new EvaluatorBus(directory, List.of("judged", "once", "handed-on", "beside", "again", "unreadable"));
        bus = evaluators.bus;
    }

    @AfterAll
    static void stop() {
        evaluators.close();
    }

    /** rmse at b is |b − 2|, and b is shipped as 0. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void theFinalCandidateIsComparedWithTheShippedModelOnTheTestSplit(Mode mode) throws Exception {
        String pool = EvaluatorBus.pool("judged", mode);
        StudySpec spec = TinyStudy.tested(directory, pool, EXAMPLES);
        bus.study(spec);
        try (Evaluators running = TestedEvaluators.start(evaluators.settings(mode, pool, pool, 1))) {
            bus.askForVerdict(pool, spec, 0, 0.0);
            bus.askForVerdict(pool, spec, 3, 1.5);
            bus.askForVerdict(pool, spec, 4, -1.0);
            bus.askForVerdict(pool, spec, 5, Double.NaN);
            Map<Long, VerdictAnswer> answers = bus.verdicts(pool, 4).stream()
                    .collect(Collectors.toMap(VerdictAnswer::getNumber, Function.identity()));

            ScoredVerdict better = scored(answers.get(3L));
            assertEquals(VerdictOutcome.IMPROVED, better.getOutcome());
            assertEquals(2, better.getShipped().getLoss(), 1e-6);
            assertEquals(0.5, better.getCandidate().getLoss(), 1e-6);
            assertEquals(1.5, better.getLow(), 1e-5);
            assertEquals(EXAMPLES, better.getExamples());
            assertEquals(VerdictOutcome.WORSE, scored(answers.get(4L)).getOutcome());
            ScoredVerdict kept = scored(answers.get(0L));
            assertEquals(VerdictOutcome.KEPT, kept.getOutcome());
            assertEquals(2, kept.getShipped().getLoss(), 1e-6);
            Failed failed = assertInstanceOf(Failed.class, answers.get(5L).getOutcome());
            assertEquals(FailureKind.BAD_OUTPUT, failed.getCause().getKind(), failed.toString());
            assertEquals(
                    spec.getTest().getSha256(), answers.get(3L).getProvenance().getDataSha256());
            assertEquals(0, running.openStudies(), "the test split stays open");
        }
    }

    @Test
    void aVerdictIsGivenOnceHoweverOftenItIsAskedFor() throws Exception {
        String pool = EvaluatorBus.pool("once", Mode.SHARE);
        StudySpec spec = TinyStudy.tested(directory, pool, EXAMPLES);
        bus.study(spec);
        try (Evaluators one = TestedEvaluators.start(evaluators.settings(Mode.SHARE, pool + "-1", pool, 1));
                Evaluators two = TestedEvaluators.start(evaluators.settings(Mode.SHARE, pool + "-2", pool, 1))) {
            bus.askForVerdict(pool, spec, 1, 1.0);
            String key = Verdicts.key(bus.verdicts(pool, 1).get(0));
            EvaluatorBus.until(() -> one.hasVerdict(key) && two.hasVerdict(key));
            for (int i = 0; i < 5; i++) {
                bus.askForVerdict(pool, spec, 1, 1.0);
            }
            bus.askForVerdict(pool, spec, 2, 1.5);
            bus.verdicts(pool, 2);
            EvaluatorBus.until(() -> bus.isSettled(ShareGroup.verdicts(pool)));
            assertEquals(
                    2,
                    one.verdictCounters().measured.sum()
                            + two.verdictCounters().measured.sum());
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aVerdictOfAClosedEvaluatorIsGivenByAnother(Mode mode) throws Exception {
        String pool = EvaluatorBus.pool("handed-on", mode);
        StudySpec spec = TinyStudy.tested(directory, pool, EXAMPLES);
        bus.study(spec);
        SlowScoring endless = new SlowScoring(600_000);
        Evaluators first = TestedEvaluators.start(evaluators.settings(mode, pool + "-1", pool, 1), clock -> endless);
        bus.askForVerdict(pool, spec, 1, 1.0);
        assertTrue(endless.first.await(120, TimeUnit.SECONDS), "nobody took the request");
        if (mode == Mode.SHARE) {
            EvaluatorBus.until(() -> first.verdictCounters().renewals.sum() >= 3);
        }
        first.close();
        assertEquals(1, endless.begun.get(), "the lease was lost");
        try (Evaluators second = TestedEvaluators.start(evaluators.settings(mode, pool + "-2", pool, 1))) {
            VerdictAnswer answer = bus.verdicts(pool, 1).get(0);
            assertEquals(pool + "-2", answer.getProvenance().getEvaluator());
            assertEquals(VerdictOutcome.IMPROVED, scored(answer).getOutcome());
            assertTrue(second.isAlive());
        }
    }

    @Test
    void aLongVerdictDelaysNoCandidate() throws Exception {
        String pool = EvaluatorBus.pool("beside", Mode.SHARE);
        StudySpec spec = TinyStudy.tested(directory, pool, EXAMPLES);
        bus.study(spec);
        SlowScoring scoring = new SlowScoring(0, 600_000);
        try (Evaluators running =
                TestedEvaluators.start(evaluators.settings(Mode.SHARE, pool, pool, 1), clock -> scoring)) {
            bus.askForVerdict(pool, spec, 1, 1.0);
            bus.askForVerdict(pool, spec, 2, 1.0);
            EvaluatorBus.until(() -> running.verdictCounters().busySlots.sum() == 1);
            for (int number = 0; number < 20; number++) {
                bus.ask(pool, pool, number, 60_000, 0.5);
            }
            assertEquals(20, bus.fitness(pool, 20).size());
            assertEquals(1, running.verdictCounters().busySlots.sum(), "one at a time");
            scoring.finish();
            assertEquals(2, bus.verdicts(pool, 2).size());
        }
    }

    @Test
    void aRequestOfADeletedStudyGetsNoVerdictOfTheNewOne() throws Exception {
        String pool = EvaluatorBus.pool("again", Mode.SHARE);
        StudySpec old = TinyStudy.tested(directory, pool, EXAMPLES);
        StudySpec current = StudySpec.newBuilder(old).setIncarnation(9).build();
        bus.study(current);
        try (Evaluators running = TestedEvaluators.start(evaluators.settings(Mode.SHARE, pool, pool, 1))) {
            bus.askForVerdict(pool, old, 1, 1.0);
            bus.askForVerdict(pool, current, 1, 1.5);
            for (VerdictAnswer answer : bus.verdicts(pool, 2)) {
                assertEquals(answer.getIncarnation() == 9, Verdicts.isScored(answer), answer.toString());
            }
            assertTrue(running.isAlive());
        }
    }

    @Test
    void aTestSplitThatCannotBeReadIsAFailureWithItsReason() throws Exception {
        String pool = EvaluatorBus.pool("unreadable", Mode.SHARE);
        StudySpec spec = TinyStudy.in(directory, pool);
        bus.study(spec);
        try (Evaluators running = TestedEvaluators.start(evaluators.settings(Mode.SHARE, pool, pool, 1))) {
            bus.askForVerdict(pool, spec, 1, 1.0);
            Failed failed =
                    assertInstanceOf(Failed.class, bus.verdicts(pool, 1).get(0).getOutcome());
            assertEquals(FailureKind.BAD_DATA, failed.getCause().getKind());
            assertTrue(failed.getReason().contains("the study's spec has no test"), failed.getReason());
            assertTrue(running.isAlive());
        }
    }

    private static ScoredVerdict scored(VerdictAnswer answer) {
        return assertInstanceOf(ScoredVerdict.class, answer.getOutcome(), answer.toString());
    }
}
