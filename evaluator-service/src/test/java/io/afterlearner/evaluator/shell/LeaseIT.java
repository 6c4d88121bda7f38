package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluator.scoring.TinyStudy;
import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.afterlearner.schemas.Claim;
import io.afterlearner.schemas.ClaimState;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.ShareGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who holds a candidate, on a real broker: leases are renewed, given back, and passed on. Each test has its own pools and studies. */
class LeaseIT {
    @TempDir
    static Path directory;

    private static EvaluatorBus evaluators;
    private static Bus bus;

    @BeforeAll
    static void start() throws Exception {
        evaluators = new EvaluatorBus(
                directory, List.of("given-back", "long", "hung", "queue", "markers", "skipping", "drained", "opening"));
        bus = evaluators.bus;
    }

    @AfterAll
    static void stop() {
        evaluators.close();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aCandidateOfAClosedEvaluatorIsScoredByAnother(Mode mode) throws Exception {
        String pool = EvaluatorBus.pool("given-back", mode);
        bus.study(TinyStudy.in(directory, pool));
        SlowScoring endless = new SlowScoring(600_000);
        Evaluators first = TestedEvaluators.start(evaluators.settings(mode, pool + "-1", pool, 1), clock -> endless);
        bus.ask(pool, pool, 7, 60_000, 0.25);
        assertTrue(endless.first.await(30, TimeUnit.SECONDS), "nobody took the candidate");
        Claim taken = bus.claims(pool, 1).get(0);
        assertEquals(ClaimState.TAKEN, taken.getState());
        assertEquals(pool + "-1", taken.getEvaluator());
        assertEquals(1, taken.getDelivery());
        first.close();
        assertEquals(1, first.counters().released.sum());
        assertEquals(ClaimState.RELEASED, bus.claims(pool, 2).get(1).getState());
        try (Evaluators second = TestedEvaluators.start(evaluators.settings(mode, pool + "-2", pool, 1))) {
            Fitness told = bus.fitness(pool, 1).get(0);
            assertEquals(7, told.getNumber());
            assertEquals(pool + "-2", told.getProvenance().getEvaluator());
            assertEquals(2, bus.claims(pool, 2).size(), "a quick evaluation is not announced");
            assertTrue(second.isAlive());
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void anEvaluationBeginsWhenTheModelIsOpen(Mode mode) throws Exception {
        String pool = EvaluatorBus.pool("opening", mode);
        bus.study(TinyStudy.in(directory, pool));
        SlowScoring endless = new SlowScoring(600_000);
        endless.opening = new CompletableFuture<>();
        try (Evaluators one = TestedEvaluators.start(evaluators.settings(mode, pool, pool, 1), clock -> endless)) {
            bus.ask(pool, pool, 7, 60_000, 0.25);
            assertTrue(endless.first.await(30, TimeUnit.SECONDS), "nobody took the candidate");
            Thread.sleep(20);
            long openMillis = System.currentTimeMillis();
            endless.opening.complete(true);
            long begunMillis = bus.claims(pool, 1).get(0).getAtMillis();
            assertTrue(begunMillis >= openMillis, begunMillis + " is before " + openMillis);
            assertTrue(one.isAlive());
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aClosingEvaluatorFinishesWhatItIsWorkingOnAndTakesNothingElse(Mode mode) throws Exception {
        String pool = EvaluatorBus.pool("drained", mode);
        bus.study(TinyStudy.in(directory, pool));
        SlowScoring slow = new SlowScoring(600_000);
        EvaluatorSettings settings = evaluators.settings(mode, pool, pool, 1, Duration.ofHours(1));
        Evaluators closing = TestedEvaluators.start(settings, clock -> slow);
        bus.ask(pool, pool, 7, 60_000, 0.25);
        assertTrue(slow.first.await(30, TimeUnit.SECONDS), "nobody took the candidate");
        bus.ask(pool, pool, 8, 60_000, 0.25);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(closing::close);
        EvaluatorBus.until(() -> !closing.isReady());
        assertFalse(closed.isDone());
        slow.finish();
        closed.join();
        assertEquals(7, bus.fitness(pool, 1).get(0).getNumber());
        assertEquals(1, slow.begun.get());
        assertEquals(0, closing.counters().released.sum());
    }

    @Test
    void aCandidateOfASilentHolderIsScoredByAnother() throws Exception {
        String pool = EvaluatorBus.pool("hung", Mode.SHARE);
        bus.study(TinyStudy.in(directory, pool));
        bus.ask(pool, pool, 3, 60_000, 0.25);
        EvaluatorSettings settings = evaluators.settings(Mode.SHARE, pool, pool, 1);
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bus.servers(),
                "group.id", ShareGroup.candidates(pool).name(),
                "share.acknowledgement.mode", "explicit");
        try (var silent = new KafkaShareConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            silent.subscribe(List.of(Topics.candidates(pool)));
            EvaluatorBus.until(() -> silent.poll(Duration.ofMillis(100)).count() == 1);
            try (Evaluators other = TestedEvaluators.start(settings)) {
                assertEquals(3, bus.fitness(pool, 1).get(0).getNumber());
                assertTrue(other.isAlive());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aCandidateThatTakesLongerThanTheLockIsEvaluatedOnce(Mode mode) throws Exception {
        String pool = EvaluatorBus.pool("long", mode);
        bus.study(TinyStudy.in(directory, pool));
        SlowScoring slow = new SlowScoring(600_000);
        try (Evaluators one = TestedEvaluators.start(evaluators.settings(mode, pool + "-1", pool, 1), clock -> slow);
                Evaluators two =
                        TestedEvaluators.start(evaluators.settings(mode, pool + "-2", pool, 1), clock -> slow)) {
            EvaluatorBus.until(() -> one.isReady() && two.isReady());
            bus.ask(pool, pool, 0, 60_000, 0.5);
            assertTrue(slow.first.await(30, TimeUnit.SECONDS), "nobody took the candidate");
            if (mode == Mode.SHARE) {
                EvaluatorBus.until(() ->
                        one.counters().renewals.sum() + two.counters().renewals.sum() >= 3);
            }
            slow.finish();
            bus.fitness(pool, 1);
            EvaluatorBus.until(() ->
                    one.counters().busySlots.sum() + two.counters().busySlots.sum() == 0);
            assertEquals(1, slow.begun.get());
            assertEquals(
                    0,
                    one.counters().leasesLost.sum() + two.counters().leasesLost.sum());
        }
    }

    @Test
    void aSlowCandidateDelaysNoOther() throws Exception {
        String pool = EvaluatorBus.pool("queue", Mode.SHARE);
        bus.study(TinyStudy.in(directory, pool));
        SlowScoring endless = new SlowScoring(600_000);
        SlowScoring quick = new SlowScoring(0);
        try (Evaluators slow =
                TestedEvaluators.start(evaluators.settings(Mode.SHARE, pool + "-1", pool, 1), clock -> endless)) {
            bus.ask(pool, pool, 0, 60_000, 0.5);
            assertTrue(endless.first.await(30, TimeUnit.SECONDS), "nobody took the candidate");
            try (Evaluators other =
                    TestedEvaluators.start(evaluators.settings(Mode.SHARE, pool + "-2", pool, 1), clock -> quick)) {
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
    void aShareGroupThatSkipsRecordsIsNamedAndNotUsed() throws Exception {
        String pool = EvaluatorBus.pool("skipping", Mode.SHARE);
        bus.study(TinyStudy.in(directory, pool));
        bus.configure(ShareGroup.candidates(pool), new ConfigEntry("share.auto.offset.reset", "latest"));
        bus.ask(pool, pool, 5, 60_000, 0.5);
        try (Evaluators running = TestedEvaluators.start(evaluators.settings(Mode.SHARE, pool, pool, 1))) {
            EvaluatorBus.until(() -> running.problem() != null);
            String problem = String.valueOf(running.problem());
            assertTrue(problem.contains("share.auto.offset.reset=latest instead of earliest"), problem);
            assertTrue(problem.endsWith("run ./afterlearner topics create --pool " + pool + " --fix"), problem);
            assertFalse(running.isReady());
            bus.configure(ShareGroup.candidates(pool), new ConfigEntry("share.auto.offset.reset", "earliest"));
            assertEquals(5, bus.fitness(pool, 1).get(0).getNumber());
            EvaluatorBus.until(running::isReady);
        }
    }

    @Test
    void anEvaluatorWaitsForTheTopicsOfItsPool() throws Exception {
        String pool = "late";
        try (Evaluators running = TestedEvaluators.start(evaluators.settings(Mode.SHARE, pool, pool, 1))) {
            EvaluatorBus.until(() -> running.problem() != null);
            String problem = String.valueOf(running.problem());
            assertTrue(
                    problem.startsWith("Kafka has no topics afterlearner.candidates.late,"
                            + " afterlearner.verdict-requests.late, or this process may not see them;"
                            + " run ./afterlearner topics create --pool late, or"),
                    problem);
            assertTrue(running.isAlive() && !running.isReady());
            bus.createPools(List.of(pool));
            EvaluatorBus.until(running::isReady);
        }
    }

    @Test
    void noMarkerOfATransactionStaysLocked() throws Exception {
        String pool = EvaluatorBus.pool("markers", Mode.SHARE);
        bus.study(TinyStudy.in(directory, pool));
        // No lock ends while this test runs, so that a marker nobody acknowledged stays.
        EvaluatorSettings settings = evaluators.settings(Mode.SHARE, pool, pool, 2);
        bus.lock(ShareGroup.candidates(pool), Duration.ofMinutes(1));
        SlowScoring busy = new SlowScoring(10);
        try (Evaluators running = TestedEvaluators.start(settings, clock -> busy)) {
            for (int number = 0; number < 200; number++) {
                bus.ask(pool, pool, number, 60_000, 0.5);
                // Slots that wait, and slots with more to do: markers come alone in the one, behind a candidate in the
                // other.
                int ahead = number % 20 < 10 ? 1 : 6;
                int asked = number + 1;
                EvaluatorBus.until(() -> asked - busy.begun.get() <= ahead);
            }
            assertEquals(200, bus.fitness(pool, 200).size());
            EvaluatorBus.until(() -> bus.isSettled(ShareGroup.candidates(pool)));
            assertTrue(running.isAlive());
        }
    }
}
