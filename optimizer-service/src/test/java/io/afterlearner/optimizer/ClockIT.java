package io.afterlearner.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.embedded.clock.TurnedClock;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of the optimizer's process jumps and drifts, for Kafka's clients in it as well. */
class ClockIT {
    private static final Logger ROOT = Logger.getLogger("");
    private static final int ANSWERS = 40;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private volatile ServiceProcess service;
    private final AtomicInteger restarts = new AtomicInteger();

    @Test
    void noCandidateExpiresAndTheLoopGoesOn(@TempDir Path directory) throws Exception {
        ROOT.setLevel(Level.WARNING);
        TurnedClock clock = new TurnedClock(directory);
        try (EmbeddedKafka kafka = TestedKafka.start(directory.resolve("kafka"))) {
            service = start(kafka, clock);
            service.awaitReady();
            assertEquals(
                    201,
                    service.post("/v1/studies", SampleSpecs.spec("clock", 10_000, 4))
                            .statusCode());
            Thread supervisor = new Thread(() -> supervise(kafka, clock));
            supervisor.start();
            try (Evaluator evaluator = new Evaluator(kafka.bootstrapServers(), "clock")) {
                answer(evaluator, ANSWERS);
                measure("+1 h", 0, evaluator, () -> clock.turn(Duration.ofHours(1)));
                measure("-1 h", 1, evaluator, () -> clock.turn(Duration.ofHours(-1)));
                measure("-1 h again", 1, evaluator, () -> clock.turn(Duration.ofHours(-1)));
                measure("+10 %", 0, evaluator, () -> clock.drift(100));
                measure("-10 %", 0, evaluator, () -> clock.drift(-100));
                assertNoneExpired(evaluator.trials());
            } finally {
                supervisor.interrupt();
                supervisor.join();
                service.close();
            }
        }
    }

    private static ServiceProcess start(EmbeddedKafka kafka, TurnedClock clock) throws Exception {
        return ServiceProcess.start(kafka.bootstrapServers(), clock.jvmOptionWithKafka());
    }

    /** Turns the clock while candidates are outstanding, and answers candidates that are asked after that. */
    private void measure(String jump, int expectedRestarts, Evaluator evaluator, Runnable turn) throws Exception {
        int before = restarts.get();
        long start = System.nanoTime();
        Candidate outstanding = evaluator.next();
        turn.run();
        while (restarts.get() < before + expectedRestarts) {
            assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "no restart; the service said:\n" + service.said());
            TimeUnit.MILLISECONDS.sleep(20);
        }
        answer(evaluator, ANSWERS);
        // If the jump expired candidates, this one would have expired by now.
        evaluator.tell(outstanding.getNumber(), 1);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertEquals(before + expectedRestarts, restarts.get());
        System.out.println("{\"test\":\"clock\",\"process\":\"optimizer\",\"jump\":\"" + jump
                + "\",\"millisUntilAnswersAreTold\":" + millis + ",\"restarts\":" + expectedRestarts + "}");
    }

    private void supervise(EmbeddedKafka kafka, TurnedClock clock) {
        try {
            while (true) {
                service.awaitEnd();
                service = start(kafka, clock);
                restarts.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(Evaluator evaluator, int times) {
        for (int i = 0; i < times; i++) {
            Candidate candidate = evaluator.next();
            evaluator.tell(candidate.getNumber(), 1.0 / (1 + candidate.getNumber()));
        }
    }

    private static void assertNoneExpired(List<TrialEvent> trials) {
        assertTrue(
                trials.stream().filter(t -> t.getType() == TrialEventType.TOLD).count() >= 5 * ANSWERS);
        assertEquals(
                0,
                trials.stream()
                        .filter(t -> t.getType() == TrialEventType.EXPIRED)
                        .count());
        for (int i = 1; i < trials.size(); i++) {
            assertTrue(trials.get(i).getAtMillis() >= trials.get(i - 1).getAtMillis(), "time goes back at " + i);
        }
    }
}
