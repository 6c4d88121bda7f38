package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluator.scoring.ArtifactSettings;
import io.afterlearner.evaluator.scoring.SessionSettings;
import io.afterlearner.evaluator.scoring.TinyStudy;
import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Failed;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Evaluators on a real broker, in both modes. Each test has its own pools and studies. */
class EvaluatorsIT {
    private static final List<String> NAMES =
            List.of("scored", "given-back", "garbage", "long", "bad", "hung", "ended", "queue", "markers");

    @TempDir
    static Path directory;

    private static Bus bus;

    @BeforeAll
    static void start() throws Exception {
        List<String> pools = NAMES.stream()
                .flatMap(name -> List.of(name + "-share", name + "-group").stream())
                .toList();
        bus = new Bus(directory.resolve("broker"), pools);
    }

    @AfterAll
    static void stop() {
        bus.close();
    }

    private static String pool(String test, Mode mode) {
        return test + "-" + mode.name().toLowerCase(Locale.ROOT);
    }

    private static EvaluatorSettings settings(Mode mode, String id, String pool, int slots) {
        return settings(mode, id, pool, slots, Duration.ofSeconds(1));
    }

    private static EvaluatorSettings settings(Mode mode, String id, String pool, int slots, Duration lock) {
        return new EvaluatorSettings(
                Map.of("bootstrap.servers", bus.servers()),
                id,
                "digest",
                pool,
                mode,
                slots,
                lock,
                Duration.ofMillis(500),
                new SessionSettings(false, 0, 64 << 20, 64 << 20, 64 << 20),
                new ArtifactSettings(
                        List.of(directory), List.of(), directory.resolve("work"), 64 << 20, Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everyCandidateComesBackOnceAsFitnessWithItsProvenance(Mode mode) throws Exception {
        String pool = pool("scored", mode);
        StudySpec spec = TinyStudy.in(directory, pool);
        bus.study(spec);
        try (Evaluators evaluators = Evaluators.start(settings(mode, pool, pool, 2))) {
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
            assertEquals(1, evaluators.openStudies());
            assertTrue(evaluators.isReady() && evaluators.isAlive());
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatAClosedEvaluatorHeldIsDoneByAnother(Mode mode) throws Exception {
        String pool = pool("given-back", mode);
        bus.study(TinyStudy.in(directory, pool));
        SlowScoring endless = new SlowScoring(600_000);
        Evaluators first = Evaluators.start(settings(mode, pool + "-1", pool, 1), clock -> endless);
        bus.ask(pool, pool, 7, 60_000, 0.25);
        assertTrue(endless.first.await(30, TimeUnit.SECONDS), "nobody took the candidate");
        first.close();
        assertEquals(1, first.counters().released.sum());
        try (Evaluators second = Evaluators.start(settings(mode, pool + "-2", pool, 1))) {
            Fitness told = bus.fitness(pool, 1).get(0);
            assertEquals(7, told.getNumber());
            assertEquals(pool + "-2", told.getProvenance().getEvaluator());
            assertTrue(second.isAlive());
        }
    }

    @Test
    void whatAHolderThatWentSilentHeldIsDoneByAnother() throws Exception {
        String pool = pool("hung", Mode.SHARE);
        bus.study(TinyStudy.in(directory, pool));
        bus.ask(pool, pool, 3, 60_000, 0.25);
        EvaluatorSettings settings = settings(Mode.SHARE, pool, pool, 1);
        try (var admin = Admin.create(Map.of("bootstrap.servers", bus.servers()))) {
            ShareIntake.configure(admin, pool, settings.lockDuration());
        }
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bus.servers(),
                "group.id", ShareIntake.group(pool),
                "share.acknowledgement.mode", "explicit");
        try (var silent = new KafkaShareConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            silent.subscribe(List.of(Topics.candidates(pool)));
            until(() -> silent.poll(Duration.ofMillis(100)).count() == 1);
            try (Evaluators other = Evaluators.start(settings)) {
                assertEquals(3, bus.fitness(pool, 1).get(0).getNumber());
                assertTrue(other.isAlive());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void garbageLiesWithTheDeadLettersAndTheLoopGoesOn(Mode mode) throws Exception {
        String pool = pool("garbage", mode);
        String topic = Topics.candidates(pool);
        bus.study(TinyStudy.in(directory, pool));
        byte[] garbage = "no candidate".getBytes(StandardCharsets.UTF_8);
        byte[] truncated = Arrays.copyOf(Codec.of(StudySpec.class).encode(TinyStudy.in(directory, pool)), 40);
        try (Evaluators evaluators = Evaluators.start(settings(mode, pool, pool, 1))) {
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
            until(() -> evaluators.counters().deadLettered.sum() == 3);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aCandidateThatTakesLongerThanTheLockIsEvaluatedOnce(Mode mode) throws Exception {
        String pool = pool("long", mode);
        bus.study(TinyStudy.in(directory, pool));
        SlowScoring slow = new SlowScoring(3500);
        try (Evaluators one = Evaluators.start(settings(mode, pool + "-1", pool, 1), clock -> slow);
                Evaluators two = Evaluators.start(settings(mode, pool + "-2", pool, 1), clock -> slow)) {
            until(() -> one.isReady() && two.isReady());
            bus.ask(pool, pool, 0, 60_000, 0.5);
            bus.fitness(pool, 1);
            until(() ->
                    one.counters().busySlots.sum() + two.counters().busySlots.sum() == 0);
            assertEquals(1, slow.begun.get());
            assertEquals(
                    0,
                    one.counters().leasesLost.sum() + two.counters().leasesLost.sum());
            if (mode == Mode.SHARE) {
                assertTrue(
                        one.counters().renewals.sum() + two.counters().renewals.sum() >= 3);
            }
        }
    }

    @Test
    void aSlowCandidateHoldsUpNoneOfThoseBehindIt() throws Exception {
        String pool = pool("queue", Mode.SHARE);
        bus.study(TinyStudy.in(directory, pool));
        SlowScoring endless = new SlowScoring(600_000);
        SlowScoring quick = new SlowScoring(0);
        try (Evaluators slow = Evaluators.start(settings(Mode.SHARE, pool + "-1", pool, 1), clock -> endless)) {
            bus.ask(pool, pool, 0, 60_000, 0.5);
            assertTrue(endless.first.await(30, TimeUnit.SECONDS), "nobody took the candidate");
            try (Evaluators other = Evaluators.start(settings(Mode.SHARE, pool + "-2", pool, 1), clock -> quick)) {
                for (int number = 1; number <= 20; number++) {
                    bus.ask(pool, pool, number, 60_000, 0.5);
                }
                assertEquals(20, bus.fitness(pool, 20).size());
                assertEquals(1, slow.counters().busySlots.sum());
                assertTrue(other.isAlive());
            }
        }
    }

    @Test
    void noMarkerOfATransactionStaysLocked() throws Exception {
        String pool = pool("markers", Mode.SHARE);
        bus.study(TinyStudy.in(directory, pool));
        // No lock ends while this test runs, so that a marker nobody acknowledged stays.
        EvaluatorSettings settings = settings(Mode.SHARE, pool, pool, 2, Duration.ofMinutes(1));
        SlowScoring busy = new SlowScoring(10);
        try (Evaluators evaluators = Evaluators.start(settings, clock -> busy)) {
            for (int number = 0; number < 200; number++) {
                bus.ask(pool, pool, number, 60_000, 0.5);
                // Slots that wait, and slots with more to do: markers come alone in the one, behind a candidate in the
                // other.
                int ahead = number % 20 < 10 ? 1 : 6;
                int asked = number + 1;
                until(() -> asked - busy.begun.get() <= ahead);
            }
            assertEquals(200, bus.fitness(pool, 200).size());
            until(Duration.ofSeconds(15), () -> settled(pool));
            assertTrue(evaluators.isAlive());
        }
    }

    private static boolean settled(String pool) {
        try {
            long[] settledAndEnd = bus.settledAndEnd(pool);
            // The broker writes down where the group stands with the acknowledgement after it.
            return settledAndEnd[0] >= settledAndEnd[1] - 2;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBadStudyCostsOnlyItsOwnCandidatesAndSaysWhy() throws Exception {
        String pool = pool("bad", Mode.SHARE);
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
                "modelless", "names none",
                "unheard-of", "studies topic");
        try (Evaluators evaluators = Evaluators.start(settings(Mode.SHARE, pool, pool, 2))) {
            reasons.keySet().forEach(study -> bus.ask(pool, study, 0, 60_000, 1.0));
            bus.ask(pool, "good", 0, -1, 1.0);
            bus.ask(pool, "good", 1, 60_000, 1.0, 1.0);
            bus.ask(pool, "good", 2, 60_000, Double.NaN);
            bus.ask(pool, "good", 3, 60_000, 1.0);
            for (var expected : reasons.entrySet()) {
                Fitness told = bus.fitness(expected.getKey(), 1).get(0);
                String reason =
                        assertInstanceOf(Failed.class, told.getOutcome()).getReason();
                assertTrue(reason.contains(expected.getValue()), expected.getKey() + ": " + reason);
                assertTrue(!reason.contains("\n"));
            }
            for (Fitness told : bus.fitness("good", 3)) {
                assertEquals(told.getNumber() == 3, told.getOutcome() instanceof Measured, told.toString());
            }
            until(() -> evaluators.counters().expired.sum() == 1);
            assertTrue(evaluators.isAlive());
        }
    }

    @Test
    void anEndedStudyIsLetGoAndAnExtendedOneOpensAgain() throws Exception {
        String pool = pool("ended", Mode.SHARE);
        bus.study(TinyStudy.in(directory, pool));
        try (Evaluators evaluators = Evaluators.start(settings(Mode.SHARE, pool, pool, 1))) {
            bus.ask(pool, pool, 0, 60_000, 1.0);
            bus.fitness(pool, 1);
            assertEquals(1, evaluators.openStudies());
            assertTrue(evaluators.cacheBytes() > 0);
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
                    null);
            bus.send(Topics.INCUMBENTS, pool, Codec.of(Incumbent.class).encode(finished));
            until(() -> evaluators.openStudies() == 0);
            assertEquals(0, evaluators.cacheBytes());
            bus.ask(pool, pool, 1, 60_000, 1.0);
            assertEquals(2, bus.fitness(pool, 2).size());
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        until(Bus.PATIENCE, condition);
    }

    private static void until(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not happen within " + patience);
            }
            Thread.sleep(10);
        }
    }
}
