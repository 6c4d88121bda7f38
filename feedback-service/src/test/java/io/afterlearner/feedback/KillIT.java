package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.embedded.clock.TurnedClock;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.Covariate;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Topics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service or the broker while reports arrive: each accepted report counts exactly once, and so does each unit that met its
 * candidate, whether a value or only its exposure is reported.
 */
@Timeout(1_800)
class KillIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger ROOT = Logger.getLogger("");
    private static final long SEED = 23;
    /** One kill per test in every build, five with {@code -Pthorough}, or {@code -Dkills=20}. */
    private static final int KILLS = Integer.getInteger("kills", Boolean.getBoolean("afterlearner.thorough") ? 5 : 1);

    /** Two of them are less than the hour that a clock may be ahead of the broker's. */
    private static final Duration WINDOW = Duration.ofMinutes(20);

    private static final int EXPOSED = 150;
    private static final int ACCEPTED = 202;
    private static final int AWAY = 503;

    @TempDir
    private static Path directory;

    private static BrokerProcess broker;
    private static volatile ServiceProcess service;
    private static TurnedClock clock;

    private final Random random = new Random(SEED);
    private final AtomicInteger answeredAway = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();

    private static ServiceProcess begin() throws IOException {
        return ServiceProcess.start(
                broker.bootstrapServers(),
                clock.jvmOption(),
                "afterlearner.feedback.instance=one",
                "afterlearner.feedback.state-dir=" + directory.resolve("one"));
    }

    @BeforeAll
    static void start() throws Exception {
        System.out.println("seed " + SEED);
        ROOT.setLevel(Level.WARNING);
        clock = new TurnedClock(directory);
        broker = new BrokerProcess(directory.resolve("broker"));
        TestedKafka.createTopics(broker.bootstrapServers());
        service = begin().awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
        broker.close();
    }

    @Test
    void acceptedReportsCountOnceHoweverOftenTheServiceIsKilled() throws Exception {
        countsOnce("service", kill -> {
            awaitReports();
            service.kill();
            service = begin().awaitReady();
        });
    }

    /** The service answers 503 while the broker is away, and recovers when it is back. */
    @Test
    void acceptedReportsCountOnceHoweverOftenTheBrokerIsKilled() throws Exception {
        countsOnce("broker", kill -> {
            awaitReports();
            broker.kill();
            int before = answeredAway.get();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
            while (kill == 0 && answeredAway.get() == before) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            broker.startAgain();
        });
        assertTrue(answeredAway.get() > 0);
    }

    /** Waits until a random number of further reports are accepted, so that the kill happens while reports are in flight. */
    private void awaitReports() throws InterruptedException {
        int enough = accepted.get() + 20 + random.nextInt(100);
        while (accepted.get() < enough) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private interface Killing {
        void kill(int kill) throws Exception;
    }

    private void countsOnce(String study, Killing killing) throws Exception {
        create(study);
        List<String> tokens = expose(study);
        CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    killing.kill(kill);
                }
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        int reports = report(tokens, killer);
        killer.get();
        // Reports accepted before the last kill must still count.
        Fitness fitness = told(study);
        Measured measured = (Measured) fitness.getOutcome();
        System.out.printf(
                "%d kills, %d reports sent twice, %d answers of %d%n", KILLS, reports, answeredAway.get(), AWAY);
        assertEquals(-reports, measured.getLoss() * EXPOSED, 1e-6, fitness.toString());
        assertEquals(EXPOSED, fitness.getProvenance().getExamples());
    }

    private static void create(String study) throws Exception {
        Metric sum =
                new Metric("click", Aggregate.SUM, Goal.MAXIMIZE, 0.0, 1_000.0, 0.0, null, 1.0, null, Covariate.NONE);
        OnlineSpec online = OnlineSpec.newBuilder(Specs.online(WINDOW.toMillis(), EXPOSED, 0, List.of()))
                .setMetric(sum)
                .setGuardrails(List.of())
                // A candidate that is clearly better is not told early; one that is clearly worse would be.
                .setConfidence(0.99)
                .build();
        Topic.send(broker.bootstrapServers(), Topics.STUDIES, study, Specs.study(study, online));
        awaitThat(() -> arms(study).contains("EXPLORING"));
        Topic.send(broker.bootstrapServers(), Topics.TRIALS, study, Specs.asked(study, 1, 0.5));
        awaitThat(() -> arms(study).contains("\"number\":1,"));
    }

    private static String arms(String study) throws Exception {
        return service.get("/v1/studies/" + study + "/arms").body();
    }

    /** Tokens of units that got the candidate, and do not count yet. */
    private static List<String> expose(String study) throws Exception {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; tokens.size() < EXPOSED; i++) {
            String unit = "{\"unit\":\"user-" + i + "\"";
            JsonNode got = assign(study, unit + ",\"exposed\":false}");
            if (got.get("candidate").asLong() == 1) {
                tokens.add(got.get("token").asText());
            } else {
                assign(study, unit + "}");
            }
        }
        return tokens;
    }

    private static JsonNode assign(String study, String body) throws Exception {
        return JSON.readTree(
                service.post("/v1/studies/" + study + "/assignments", body).body());
    }

    /**
     * Sends each report twice, until the last kill is over; at least one report per token. Of every second unit only the exposure is
     * reported; each report of the others counts 1.
     *
     * @return how many reports count
     */
    private int report(List<String> tokens, CompletableFuture<Void> killer) throws Exception {
        int reports = 0;
        for (int i = 0; i < tokens.size() || !killer.isDone(); i++) {
            int unit = i % tokens.size();
            boolean meets = unit % 2 == 1;
            String body = "{\"token\":\"" + tokens.get(unit)
                    + (meets ? "\",\"exposed\":true}" : "\",\"metric\":\"click\",\"value\":1,\"id\":\"" + i + "\"}");
            accept(body);
            accept(body);
            accepted.incrementAndGet();
            reports += meets ? 0 : 1;
        }
        return reports;
    }

    /** Retries until the report is accepted, like an application. */
    private void accept(String body) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (!isAccepted(body)) {
            TimeUnit.MILLISECONDS.sleep(100);
            assertTrue(System.nanoTime() < end, "not accepted within 3 minutes");
        }
    }

    private boolean isAccepted(String body) throws Exception {
        try {
            HttpResponse<String> answer = service.post("/v1/feedback", body);
            boolean away = answer.statusCode() == AWAY;
            assertTrue(away || answer.statusCode() == ACCEPTED, () -> answer.statusCode() + " " + answer.body());
            answeredAway.addAndGet(away ? 1 : 0);
            return !away;
        } catch (HttpTimeoutException e) {
            throw new AssertionError("it hangs", e);
        } catch (IOException e) {
            // The service is being killed or started.
            return false;
        }
    }

    /** The fitness once the windows are over. */
    private static Fitness told(String study) throws Exception {
        Windows.close(broker.bootstrapServers(), clock, WINDOW);
        awaitThat(() -> !fitness(study).isEmpty());
        return fitness(study).get(0);
    }

    private static List<Fitness> fitness(String study) {
        return Topic.read(broker.bootstrapServers(), Topics.FITNESS, study, Fitness.class);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void awaitThat(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within three minutes; the service said:\n" + service.said());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
