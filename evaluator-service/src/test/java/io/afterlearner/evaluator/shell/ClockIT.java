package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.embedded.clock.TurnedClock;
import io.afterlearner.evaluator.scoring.TinyStudy;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of an evaluator's process differs from the optimizer's, jumps and drifts, for Kafka's clients as well. */
class ClockIT {
    private static final int CANDIDATES = 5;

    @TempDir
    Path directory;

    private volatile ServiceProcess service;
    private final AtomicInteger restarts = new AtomicInteger();
    private long asked;

    @Test
    @Timeout(900)
    void everyCandidateIsScored() throws Exception {
        TurnedClock clock = new TurnedClock(directory);
        try (Bus bus = new Bus(directory.resolve("broker"), List.of("default"))) {
            bus.study(TinyStudy.in(directory, "clock"));
            clock.turn(Duration.ofHours(-1));
            service = start(bus, clock);
            Thread supervisor = new Thread(() -> supervise(bus, clock));
            supervisor.start();
            try {
                measure("an hour behind from the start", 0, bus, () -> {});
                // More than an hour ahead, the broker takes no records.
                measure("+2 h", 0, bus, () -> clock.turn(Duration.ofHours(2)));
                measure("-3 h", 1, bus, () -> clock.turn(Duration.ofHours(-3)));
                measure("+10 %", 0, bus, () -> clock.drift(100));
            } finally {
                supervisor.interrupt();
                supervisor.join();
                service.close();
            }
        }
    }

    private ServiceProcess start(Bus bus, TurnedClock clock) throws Exception {
        return ServiceProcess.start(
                bus.servers(),
                clock.jvmOptionWithKafka(),
                "afterlearner.evaluator.id=clock",
                "afterlearner.evaluator.slots=1",
                "afterlearner.evaluator.file-roots=" + directory);
    }

    private void measure(String jump, int expectedRestarts, Bus bus, Runnable turn) throws Exception {
        int before = restarts.get();
        long start = System.nanoTime();
        turn.run();
        while (restarts.get() < before + expectedRestarts) {
            assertTrue(
                    System.nanoTime() - start < Bus.PATIENCE.toNanos(),
                    "no restart; the service said:\n" + service.said());
            TimeUnit.MILLISECONDS.sleep(20);
        }
        score(bus);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertEquals(before + expectedRestarts, restarts.get());
        System.out.println("{\"test\":\"clock\",\"process\":\"evaluator\",\"jump\":\"" + jump
                + "\",\"millisUntilScored\":" + millis + ",\"restarts\":" + expectedRestarts + "}");
    }

    private void supervise(Bus bus, TurnedClock clock) {
        try {
            while (true) {
                service.awaitEnd();
                service = start(bus, clock);
                restarts.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void score(Bus bus) throws Exception {
        for (int i = 0; i < CANDIDATES; i++) {
            bus.ask("default", "clock", asked++, 60_000, 1.0);
        }
        List<Fitness> all = bus.fitness("clock", (int) asked);
        assertEquals(asked, all.stream().map(Fitness::getNumber).distinct().count());
        all.forEach(fitness -> assertInstanceOf(Measured.class, fitness.getOutcome(), fitness.toString()));
    }
}
