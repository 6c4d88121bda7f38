package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.kafka.EmbeddedKafka;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed, again and again, while reports come in: what it accepted counts, and counts once. */
class KillIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger ROOT = Logger.getLogger("");
    private static final String STUDY = "killed";
    private static final long SEED = 23;
    private static final long WINDOW_MILLIS = 60_000;
    private static final int EXPOSED = 150;
    /** Each counts 1, and is sent twice. */
    private static final int REPORTS = 3;

    private static final int KILLS = 3;

    @TempDir
    private Path directory;

    private EmbeddedKafka kafka;
    private volatile ServiceProcess service;

    private ServiceProcess begin() throws IOException {
        return ServiceProcess.start(
                kafka.bootstrapServers(),
                directory,
                "afterlearner.feedback.instance=one",
                "afterlearner.feedback.state-dir=" + directory.resolve("one"));
    }

    @Test
    void whatWasAcceptedCountsOnceHoweverOftenTheServiceIsKilled() throws Exception {
        ROOT.setLevel(Level.WARNING);
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        service = begin().awaitReady();
        try {
            create();
            List<String> tokens = expose();
            Thread killer = new Thread(this::killAgainAndAgain);
            killer.start();
            report(tokens);
            killer.join();
            // Whatever was accepted before the last kill has to be there after it.
            Fitness fitness = told();
            Measured measured = (Measured) fitness.getOutcome();
            assertEquals(-REPORTS, measured.getLoss(), 1e-9, fitness.toString());
            assertEquals(EXPOSED, fitness.getProvenance().getExamples());
        } finally {
            service.close();
            kafka.close();
        }
    }

    private void create() throws Exception {
        Metric sum = new Metric("click", Aggregate.SUM, Goal.MAXIMIZE, 0.0, 10.0, 0.0);
        OnlineSpec online = OnlineSpec.newBuilder(Specs.online(WINDOW_MILLIS, EXPOSED, 0, List.of()))
                .setMetric(sum)
                .setGuardrails(List.of())
                // A candidate that is clearly better is not told early; one that is clearly worse would be.
                .setConfidence(0.99)
                .build();
        Topic.send(kafka.bootstrapServers(), Topics.STUDIES, STUDY, Specs.study(STUDY, online));
        awaitThat(() -> arms().contains("EXPLORING"));
        Topic.send(kafka.bootstrapServers(), Topics.TRIALS, STUDY, Specs.asked(STUDY, 1, 0.5));
        awaitThat(() -> arms().contains("\"number\":1,"));
    }

    private String arms() throws Exception {
        return service.get("/v1/studies/" + STUDY + "/arms").body();
    }

    /** Tokens of units that met the candidate; others met control. */
    private List<String> expose() throws Exception {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; tokens.size() < EXPOSED; i++) {
            String body = "{\"unit\":\"user-" + i + "\"}";
            JsonNode got = JSON.readTree(
                    service.post("/v1/studies/" + STUDY + "/assignments", body).body());
            if (got.get("candidate").asLong() == 1) {
                tokens.add(got.get("token").asText());
            }
        }
        return tokens;
    }

    private void killAgainAndAgain() {
        Random random = new Random(SEED);
        System.out.println("seed " + SEED);
        try {
            for (int i = 0; i < KILLS; i++) {
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2_000));
                service.kill();
                service = begin().awaitReady();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void report(List<String> tokens) throws Exception {
        for (int report = 0; report < REPORTS; report++) {
            for (int i = 0; i < tokens.size(); i++) {
                String body = "{\"token\":\"" + tokens.get(i) + "\",\"metric\":\"click\",\"value\":1,\"id\":\"" + i
                        + "-" + report + "\"}";
                accept(body);
                accept(body);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /** As an application does: until it is accepted. */
    private void accept(String body) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int status = 0;
        while (status != 202) {
            try {
                status = service.post("/v1/feedback", body).statusCode();
                assertTrue(status == 202 || status == 503, "status " + status);
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertTrue(System.nanoTime() < end, "nobody accepts it");
        }
    }

    private Fitness told() throws Exception {
        awaitThat(() -> !fitness().isEmpty());
        return fitness().get(0);
    }

    private List<Fitness> fitness() {
        return Topic.read(kafka.bootstrapServers(), Topics.FITNESS, STUDY, Fitness.class);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void awaitThat(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 150 s; the service said:\n" + service.said());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
