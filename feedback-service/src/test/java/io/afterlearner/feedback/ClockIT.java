package io.afterlearner.feedback;

import static io.afterlearner.feedback.TestedService.JSON;
import static io.afterlearner.feedback.TestedService.report;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.embedded.clock.TurnedClock;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.Topics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of the feedback service's process jumps and drifts, for Kafka's clients in it as well. */
class ClockIT {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int UNITS = 50;

    private volatile ServiceProcess service;
    private final AtomicInteger restarts = new AtomicInteger();
    private int units;

    @Test
    void currentExposuresCountWithinSecondsOfAJump(@TempDir Path directory) throws Exception {
        ROOT.setLevel(Level.WARNING);
        TurnedClock clock = new TurnedClock(directory);
        try (EmbeddedKafka kafka = TestedKafka.start(directory.resolve("kafka"))) {
            service = start(kafka, clock, directory);
            service.awaitReady();
            Topic.send(
                    kafka.bootstrapServers(),
                    Topics.STUDIES,
                    "clock",
                    Specs.study("clock", WINDOW.toMillis(), 1_000_000, List.of()));
            Thread supervisor = new Thread(() -> supervise(kafka, clock, directory));
            supervisor.start();
            try {
                measure("none", 0, () -> {});
                measure("+1 h", 0, () -> clock.turn(Duration.ofHours(1)));
                measure("-1 h", 1, () -> clock.turn(Duration.ofHours(-1)));
                measure("+10 %", 0, () -> clock.drift(100));
                measure("-10 %", 0, () -> clock.drift(-100));
            } finally {
                supervisor.interrupt();
                supervisor.join();
                service.close();
            }
        }
    }

    private static ServiceProcess start(EmbeddedKafka kafka, TurnedClock clock, Path directory) throws Exception {
        return ServiceProcess.start(
                kafka.bootstrapServers(),
                clock.jvmOptionWithKafka(),
                "afterlearner.feedback.instance=one",
                "afterlearner.feedback.state-dir=" + directory.resolve("one"));
    }

    private void supervise(EmbeddedKafka kafka, TurnedClock clock, Path directory) {
        try {
            while (true) {
                service.awaitEnd();
                service = start(kafka, clock, directory);
                restarts.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reports that were taken; those of empty slots do not count for an arm. */
    private double heard() throws Exception {
        return counted("afterlearner_feedback_reports_total{fate=\"counted\"")
                + counted("afterlearner_feedback_reports_total{fate=\"uncounted\"");
    }

    /** Turns the clock between assignments and their reports; all that is accepted, and all that comes later, counts. */
    private void measure(String jump, int expectedRestarts, Runnable turn) throws Exception {
        int before = restarts.get();
        long start = System.nanoTime();
        JsonNode got = assigned("early-" + units);
        turn.run();
        awaitThat(() -> restarts.get() == before + expectedRestarts);
        awaitThat(() -> service.get("/q/health/ready").statusCode() == 200);
        int inFlight = posted(report(got, "click", 1, "early-" + units)).statusCode();
        double counted = heard();
        double expired = counted("afterlearner_feedback_expired_exposures_total");
        for (int i = 0; i < UNITS; i++) {
            JsonNode later = assigned("user-" + units++);
            assertEquals(202, posted(report(later, "click", 1, "a")).statusCode());
        }
        awaitThat(() -> heard() >= counted + UNITS);
        assertEquals(expired, counted("afterlearner_feedback_expired_exposures_total"));
        System.out.println(
                "{\"test\":\"clock\",\"process\":\"feedback\",\"jump\":\"" + jump + "\",\"millisForReports\":"
                        + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + ",\"reportInFlight\":" + inFlight
                        + ",\"restarts\":" + expectedRestarts + "}");
    }

    private JsonNode assigned(String unit) throws Exception {
        awaitThat(() -> assigning(unit).statusCode() == 200);
        return JSON.readTree(assigning(unit).body());
    }

    private HttpResponse<String> assigning(String unit) throws Exception {
        return service.post("/v1/studies/clock/assignments", "{\"unit\":\"" + unit + "\"}");
    }

    private HttpResponse<String> posted(JsonNode report) throws Exception {
        return service.post("/v1/feedback", report.toString());
    }

    private double counted(String metric) throws Exception {
        return service.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(metric))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void awaitThat(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 150 s; the service said:\n" + service.said());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Not while the service starts again. */
    private static boolean holds(Condition condition) throws Exception {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }
}
