package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluator.scoring.TinyStudy;
import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.FailureText;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Ignored;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Evaluators on a real broker score, fail and reject, in both modes. Each test has its own pools and studies. */
class EvaluatorsIT {
    @TempDir
    static Path directory;

    private static EvaluatorBus evaluators;
    private static Bus bus;

    @BeforeAll
    static void start() throws Exception {
        evaluators = new EvaluatorBus(directory, List.of("scored", "garbage", "bad", "ended"));
        bus = evaluators.bus;
    }

    @AfterAll
    static void stop() {
        evaluators.close();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everyCandidateIsAnsweredOnceWithItsProvenance(Mode mode) throws Exception {
        String pool = EvaluatorBus.pool("scored", mode);
        StudySpec spec = TinyStudy.in(directory, pool);
        bus.study(spec);
        try (Evaluators running = TestedEvaluators.start(evaluators.settings(mode, pool, pool, 2))) {
            for (int number = 0; number < 20; number++) {
                bus.ask(pool, pool, number, 60_000, number / 4.0);
            }
            List<Fitness> fitness = bus.fitness(pool, 20);
            assertEquals(20, fitness.stream().map(Fitness::getNumber).distinct().count());
            for (Fitness told : fitness) {
                Measured measured = assertInstanceOf(Measured.class, told.getOutcome());
                assertEquals(Math.abs(told.getNumber() / 4.0 - 2), measured.getLoss(), 1e-6);
                assertEquals(pool, told.getProvenance().getEvaluator());
                assertEquals("digest", told.getProvenance().getEvaluatorDigest());
                assertEquals(spec.getModel().getSha256(), told.getProvenance().getModelSha256());
                assertEquals(spec.getSearch().getSha256(), told.getProvenance().getDataSha256());
                assertEquals("CPU", told.getProvenance().getProvider());
                assertEquals(TinyStudy.EXAMPLES, told.getProvenance().getExamples());
                assertTrue(told.getProvenance().getDurationMicros() > 0);
            }
            assertEquals(1, running.openStudies());
            assertTrue(running.isReady() && running.isAlive());
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void undecodableRecordsBecomeDeadLettersAndTheLoopContinues(Mode mode) throws Exception {
        String pool = EvaluatorBus.pool("garbage", mode);
        String topic = Topics.candidates(pool);
        bus.study(TinyStudy.in(directory, pool));
        byte[] garbage = "no candidate".getBytes(StandardCharsets.UTF_8);
        byte[] truncated = Arrays.copyOf(Codec.of(StudySpec.class).encode(TinyStudy.in(directory, pool)), 40);
        try (Evaluators running = TestedEvaluators.start(evaluators.settings(mode, pool, pool, 1))) {
            bus.send(topic, "k", garbage);
            bus.send(topic, "k", truncated);
            bus.send(topic, "k", null);
            bus.send(Topics.STUDIES, "k", garbage);
            bus.ask(pool, pool, 0, 60_000, 1.0);
            assertEquals(0, bus.fitness(pool, 1).get(0).getNumber());
            var letters = bus.deadLetters(topic, 3);
            assertEquals(
                    1,
                    letters.stream()
                            .filter(l -> l.getValue() != null && l.getValue().equals(ByteBuffer.wrap(garbage)))
                            .count());
            letters.forEach(letter ->
                    assertTrue(!letter.getReason().isEmpty() && letter.getBy().equals(pool)));
            EvaluatorBus.until(() -> running.counters().deadLettered.sum() == 3);
        }
    }

    @Test
    void aBadStudyCostsOnlyItsOwnCandidatesAndItsFailuresHaveACause() throws Exception {
        String pool = EvaluatorBus.pool("bad", Mode.SHARE);
        StudySpec good = TinyStudy.in(directory, "good");
        Artifact model = good.getModel();
        Artifact data = good.getSearch();
        Artifact changed = new Artifact(model.getUri(), "0".repeat(64));
        bus.study(good);
        bus.study(TinyStudy.spec("changed", changed, data));
        bus.study(TinyStudy.spec("swapped", data, model));
        bus.study(TinyStudy.spec("elsewhere", new Artifact("file:///etc/hostname", "0".repeat(64)), data));
        bus.study(TinyStudy.spec(
                "missing", new Artifact(directory.resolve("no").toUri().toString(), "0".repeat(64)), data));
        bus.study(TinyStudy.spec("ftp", new Artifact("ftp://host/model", "0".repeat(64)), data));
        bus.study(TinyStudy.spec("modelless", null, data));
        Map<String, String> reasons = Map.of(
                "changed", "has the digest",
                "swapped", "not an ONNX model",
                "elsewhere", "file-roots",
                "missing", "cannot be read",
                "ftp", "scheme ftp",
                "modelless", "the study's spec has no model; give its uri and sha256",
                "unheard-of", "studies topic");
        Map<String, FailureKind> kinds = Map.of(
                "changed", FailureKind.BAD_MODEL,
                "swapped", FailureKind.BAD_MODEL,
                "elsewhere", FailureKind.BAD_MODEL,
                "missing", FailureKind.BAD_MODEL,
                "ftp", FailureKind.BAD_MODEL,
                "modelless", FailureKind.BAD_MODEL,
                "unheard-of", FailureKind.STUDY_UNKNOWN);
        try (Evaluators running = TestedEvaluators.start(evaluators.settings(Mode.SHARE, pool, pool, 2))) {
            reasons.keySet().forEach(study -> bus.ask(pool, study, 0, 60_000, 1.0));
            bus.ask(pool, "good", 0, -1, 1.0);
            bus.ask(pool, "good", 1, 60_000, 1.0, 1.0);
            bus.ask(pool, "good", 2, 60_000, Double.NaN);
            bus.ask(pool, "good", 3, 60_000, 1.0);
            for (var expected : reasons.entrySet()) {
                Fitness told = bus.fitness(expected.getKey(), 1).get(0);
                Failed failed = assertInstanceOf(Failed.class, told.getOutcome());
                String reason = FailureText.of(failed);
                assertTrue(reason.contains(expected.getValue()), expected.getKey() + ": " + reason);
                assertTrue(!reason.contains("\n"));
                assertEquals(kinds.get(expected.getKey()), failed.getCause().getKind());
            }
            for (Fitness told : bus.fitness("good", 3)) {
                assertEquals(told.getNumber() == 3, told.getOutcome() instanceof Measured, told.toString());
            }
            EvaluatorBus.until(() -> running.counters().expired.sum() == 1);
            assertTrue(running.isAlive());
        }
    }

    @Test
    void anEndedStudyIsClosedAndAnExtendedOneIsOpenedAgain() throws Exception {
        String pool = EvaluatorBus.pool("ended", Mode.SHARE);
        bus.study(TinyStudy.in(directory, pool));
        try (Evaluators running = TestedEvaluators.start(evaluators.settings(Mode.SHARE, pool, pool, 1))) {
            bus.ask(pool, pool, 0, 60_000, 1.0);
            bus.fitness(pool, 1);
            assertEquals(1, running.openStudies());
            assertTrue(running.cacheBytes() > 0);
            Incumbent finished = new Incumbent(
                    pool,
                    1L,
                    0L,
                    StudyStatus.FINISHED,
                    null,
                    0L,
                    List.of(0.0),
                    null,
                    null,
                    null,
                    1L,
                    1L,
                    1L,
                    0L,
                    0L,
                    new Ignored(0L, 0L, 0L),
                    null,
                    null,
                    null,
                    0L,
                    0L);
            bus.send(Topics.INCUMBENTS, pool, Codec.of(Incumbent.class).encode(finished));
            EvaluatorBus.until(() -> running.openStudies() == 0);
            assertEquals(0, running.cacheBytes());
            bus.ask(pool, pool, 1, 60_000, 1.0);
            assertEquals(2, bus.fitness(pool, 2).size());
        }
    }
}
