package io.afterlearner.evaluator.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.FailureText;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.ScoredVerdict;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.VerdictRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelScoringTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    private ModelScoring scoring(long cacheBytes) {
        return scoring(cacheBytes, clock);
    }

    private ModelScoring scoring(long cacheBytes, ScheduledExecutorService timer) {
        Artifacts.Settings artifacts = new Artifacts.Settings(
                List.of(directory),
                List.of(),
                S3Settings.DEFAULT,
                directory.resolve("work"),
                1 << 20,
                Duration.ofSeconds(1));
        return new ModelScoring(
                new SessionSettings(false, 0, cacheBytes, 1 << 20, 1 << 20),
                4,
                new Artifacts(artifacts),
                new Stamp("test", "0", "CPU"),
                timer);
    }

    private static Candidate candidate(StudySpec spec, double value) {
        return new Candidate(spec.getStudy(), 1L, List.of(value), 0L, 60_000L, 0L);
    }

    private static double loss(Fitness fitness) {
        return assertInstanceOf(Measured.class, fitness.getOutcome(), fitness.toString())
                .getLoss();
    }

    @Test
    void anEvaluationEndsAtTheCandidatesDeadline() throws Exception {
        StudySpec spec = TinyStudy.spec(
                "endless",
                TinyStudy.artifact(TinyStudy.endlessModel(directory.resolve("endless.onnx"))),
                TinyStudy.artifact(TinyStudy.data(directory.resolve("endless.npz"))));
        try (ModelScoring scoring = scoring(1 << 20)) {
            assertEquals(2, loss(scoring.score(spec, candidate(spec, 0), MINUTE, () -> {}, new Abort())), 1e-6);
            Fitness endless = scoring.score(spec, candidate(spec, 10), Duration.ofMillis(200), () -> {}, new Abort());
            Failed failed = assertInstanceOf(Failed.class, endless.getOutcome());
            assertEquals(FailureKind.TIMEOUT, failed.getCause().getKind(), failed.toString());
            assertEquals(2, loss(scoring.score(spec, candidate(spec, 0), MINUTE, () -> {}, new Abort())), 1e-6);
        }
    }

    /** A pod that just started fetches large files first. */
    @Test
    void theTimeoutRunsFromWhenModelAndDataAreOpen() throws Exception {
        StudySpec spec = TinyStudy.in(directory, "cold");
        List<String> happened = new ArrayList<>();
        AtomicReference<ModelScoring> running = new AtomicReference<>();
        ScheduledExecutorService watched = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable alarm, long delay, TimeUnit unit) {
                boolean open = running.get().cacheBytes() > 0;
                happened.add((open ? "open, and " : "not open, and ") + unit.toMillis(delay) + " ms begin");
                return super.schedule(alarm, delay, unit);
            }
        };
        try (ModelScoring scoring = scoring(1 << 20, watched)) {
            running.set(scoring);
            loss(scoring.score(spec, candidate(spec, 0), MINUTE, () -> happened.add("told"), new Abort()));
            assertEquals(List.of("open, and 60000 ms begin", "told"), happened);
        } finally {
            watched.shutdownNow();
        }
    }

    @Test
    void aSpecWithoutAPartIsRefusedByItsName() throws Exception {
        StudySpec whole = TinyStudy.in(directory, "whole");
        Map<String, StudySpec> without = Map.of(
                "model",
                        StudySpec.newBuilder(whole).setStudy("a").setModel(null).build(),
                "search",
                        StudySpec.newBuilder(whole)
                                .setStudy("b")
                                .setSearch(null)
                                .build(),
                "loss", StudySpec.newBuilder(whole).setStudy("c").setLoss(null).build());
        try (ModelScoring scoring = scoring(1 << 20)) {
            without.forEach((part, spec) -> {
                Fitness fitness = scoring.score(spec, candidate(spec, 0), MINUTE, () -> {}, new Abort());
                Failed failed = assertInstanceOf(Failed.class, fitness.getOutcome());
                String reason = FailureText.of(failed);
                assertTrue(reason.contains("the study's spec has no " + part), reason);
            });
        }
    }

    @Test
    void aCandidateWhoseOutputsDependOnTheBatchGetsNoVerdict() throws Exception {
        StudySpec open = StudySpec.newBuilder(TinyStudy.tested(directory, "batches", 60))
                .setModel(TinyStudy.artifact(TinyStudy.batchDependentModel(directory.resolve("dependent.onnx"))))
                .build();
        StudySpec given = StudySpec.newBuilder(open)
                .setEvaluation(EvaluationSpec.newBuilder(open.getEvaluation())
                        .setBatch(6)
                        .build())
                .build();
        try (ModelScoring scoring = scoring(1 << 20)) {
            Failed failed = assertInstanceOf(
                    Failed.class,
                    scoring.verdict(open, request(1, 1), new Abort()).getOutcome());
            String reason = FailureText.of(failed);
            assertTrue(reason.contains("depend on the batch") && reason.contains("set evaluation.batch"), reason);
            assertInstanceOf(
                    ScoredVerdict.class,
                    scoring.verdict(open, request(0, 0), new Abort()).getOutcome());
            assertInstanceOf(
                    ScoredVerdict.class,
                    scoring.verdict(given, request(1, 1), new Abort()).getOutcome());
        }
    }

    private static VerdictRequest request(long number, double value) {
        return new VerdictRequest("batches", 0L, number, List.of(value), 0L, 60_000L);
    }

    @Test
    void aStudyIsOpenedOnceForAllSlots() throws Exception {
        StudySpec spec = TinyStudy.in(directory, "once");
        ExecutorService slots = Executors.newFixedThreadPool(4);
        try (ModelScoring scoring = scoring(1 << 20)) {
            List<Callable<Fitness>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                double value = i;
                tasks.add(() -> scoring.score(spec, candidate(spec, value / 8), MINUTE, () -> {}, new Abort()));
            }
            int at = 0;
            for (Future<Fitness> fitness : slots.invokeAll(tasks)) {
                assertEquals(Math.abs(at++ / 8.0 - 2), loss(fitness.get()), 1e-6);
            }
            assertEquals(1, scoring.openStudies());
            scoring.ended("once");
            assertEquals(0, scoring.openStudies());
        } finally {
            slots.shutdownNow();
        }
    }

    /** With the loss of its own spec, even while the deleted one is still cached. */
    @Test
    void aStudyCreatedAgainIsScoredAnewAndItsFitnessCarriesTheIncarnation() throws Exception {
        StudySpec spec = TinyStudy.in(directory, "again");
        StudySpec later = StudySpec.newBuilder(spec)
                .setIncarnation(9)
                .setLoss(new LossSpec("abs-rel", Map.of()))
                .build();
        try (ModelScoring scoring = scoring(1 << 20)) {
            Fitness before = scoring.score(spec, candidate(spec, 0), MINUTE, () -> {}, new Abort());
            Candidate asked =
                    Candidate.newBuilder(candidate(later, 0)).setIncarnation(9).build();
            Fitness after = scoring.score(later, asked, MINUTE, () -> {}, new Abort());

            assertNotEquals(loss(before), loss(after));
            assertEquals(List.of(0L, 9L), List.of(before.getIncarnation(), after.getIncarnation()));
            scoring.ended("again");
            assertEquals(0, scoring.openStudies());
        }
    }

    @Test
    void withoutCacheAStudyIsScoredAndNothingIsKept() throws Exception {
        StudySpec spec = TinyStudy.in(directory, "roomless");
        try (ModelScoring scoring = scoring(0)) {
            assertEquals(1, loss(scoring.score(spec, candidate(spec, 1), MINUTE, () -> {}, new Abort())), 1e-6);
            assertEquals(0, scoring.cacheBytes());
        }
    }
}
