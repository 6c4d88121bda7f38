package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.cli.Cli;
import io.afterlearner.local.stack.Exchange;
import io.afterlearner.local.stack.TopicReader;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An online study from its file to its revert, by the launcher script and over HTTP. */
@Timeout(900)
class OnlineIT {
    /** Silences Kafka in this JVM. A field, because the log manager drops loggers without references. */
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    /** One kill in every build, five with {@code -Pthorough}, or {@code -Dkills=20}. */
    private static final int KILLS = Integer.getInteger("kills", Boolean.getBoolean("afterlearner.thorough") ? 5 : 1);

    @TempDir
    static Path folder;

    /** The second test uses the stack of the first one. */
    private static boolean up;

    @BeforeAll
    static void quiet() {
        ROOT_LOGGER.setLevel(Level.WARNING);
    }

    @AfterAll
    static void down() {
        done("down");
    }

    /** By the launcher script; all other commands run in this JVM. */
    private static void up() throws IOException, InterruptedException {
        if (up) {
            return;
        }
        new Launcher(folder).done(Map.of(), "up", "--kafka-port=0", "--http-port=0", "--feedback-port=0", "--slots=1");
        up = true;
    }

    private static Cli.Output run(String... arguments) {
        Path home = folder.resolve("home");
        return new Cli(home)
                .run(Stream.concat(Stream.of(arguments), Stream.of("--home", home.toString()))
                        .toArray(String[]::new));
    }

    /** What a command that ends well says. */
    private static String done(String... arguments) {
        Cli.Output output = run(arguments);
        assertEquals(0, output.exit(), output.err());
        return output.out().strip();
    }

    private static JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return JSON.readTree(done(all.toArray(String[]::new)));
    }

    /** The champion, once the study serves one; commands that need it fail until then. */
    private JsonNode served(String study) throws IOException, InterruptedException {
        Cli.Output output = run("study", "champion", study, "--json");
        while (output.exit() != 0) {
            Thread.sleep(100);
            output = run("study", "champion", study, "--json");
        }
        return JSON.readTree(output.out());
    }

    private String feedback() throws IOException {
        return json("status").get("feedback").asText();
    }

    private static JsonNode post(String url, String body, int status) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = Exchange.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                REQUEST_TIMEOUT);
        assertEquals(status, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        return JSON.readTree(answer.body());
    }

    @Test
    void aStudyIsServedFromItsFileOnAndARevertHoldsThoughNoServiceRuns() throws IOException, InterruptedException {
        TinyStudy.write(folder);
        String yaml = Files.writeString(folder.resolve("online.yaml"), TinyStudy.ONLINE)
                .toString();
        up();
        String study = done("study", "create", yaml);
        JsonNode assigned = post(feedback() + "/v1/studies/" + study + "/assignments", "{\"unit\":\"ann\"}", 200);
        assertEquals(study, done("study", "create", yaml), "the same file is the same study");
        assertEquals(0, served(study).get("champion").asLong());

        assertEquals(2, assigned.get("values").size(), assigned.toString());
        String report =
                "{\"token\":\"" + assigned.get("token").asText() + "\",\"metric\":\"click\",\"value\":1,\"id\":\"1\"}";
        post(feedback() + "/v1/feedback", report, 202);
        assertTrue(done("study", "list").contains("users"));
        String kept = done("study", "forget-unit", "tiny", "--unit", "ann", "--dry-run");
        assertTrue(kept.contains("nothing was changed") && kept.contains("afterlearner.dead-letters"), kept);
        JsonNode forgotten = json("study", "forget-unit", "tiny", "--unit", "ann", "--yes");
        assertTrue(forgotten.get("forgotten").asBoolean(), forgotten.toString());
        assertEquals("begin", json("study", "audit", "tiny").get("action").asText());
        JsonNode shipped = json("study", "why", "tiny", "0");
        assertTrue(shipped.get("now").asText().startsWith("it is the champion since"), shipped.toString());

        done("down");
        up = false;
        done("study", "revert", "tiny", "--reason", "complaints");
        up();
        JsonNode champion = served(study);
        assertEquals("reverted", champion.get("state").asText(), champion.toString());
        assertEquals("complaints", champion.get("reason").asText());
        JsonNode again = post(feedback() + "/v1/studies/" + study + "/assignments", "{\"unit\":\"ann\"}", 200);
        assertEquals(champion.get("values"), again.get("values"), "nobody meets a candidate");
        assertTrue(done("study", "resume", "tiny").endsWith("running, exploring"));
        assertTrue(done("study", "audit", "tiny").contains("resume"));
    }

    /** Units come, one after the other, and each clicks once, which is sent twice. */
    private static final class Flow {
        private final String url;
        private final String study;
        private final CompletableFuture<Void> flowing;
        private final AtomicInteger accepted = new AtomicInteger();
        /** Those of them that count for an arm: a unit of an empty slot is served outside of the comparison. */
        private final AtomicInteger counted = new AtomicInteger();

        private volatile boolean over;

        Flow(String url, String study) {
            this.url = url;
            this.study = study;
            flowing = CompletableFuture.runAsync(this::flow);
        }

        private void flow() {
            try {
                while (!over) {
                    String unit = "{\"unit\":\"unit-" + accepted.get() + "\"}";
                    JsonNode assigned = post(url + "/v1/studies/" + study + "/assignments", unit, 200);
                    String token = assigned.get("token").asText();
                    String click = "{\"token\":\"" + token + "\",\"metric\":\"click\",\"value\":1,\"id\":\"1\"}";
                    post(url + "/v1/feedback", click, 202);
                    post(url + "/v1/feedback", click, 202);
                    counted.addAndGet(assigned.get("arm").asText().equals("UNCOUNTED") ? 0 : 1);
                    accepted.incrementAndGet();
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        }

        /** Waits until some more clicks are accepted. */
        void awaitClicks(int more) throws InterruptedException {
            int enough = accepted.get() + more;
            while (accepted.get() < enough) {
                assertFalse(flowing.isDone(), "no more clicks come");
                Thread.sleep(5);
            }
        }

        /** How many clicks count, now that no more come. */
        int ended() {
            over = true;
            flowing.join();
            return counted.get();
        }
    }

    private static JsonNode get(String url) throws IOException, InterruptedException {
        return JSON.readTree(
                Exchange.send(HttpRequest.newBuilder(URI.create(url)).build(), REQUEST_TIMEOUT)
                        .body());
    }

    /** Kills the process of a service as kill -9 does, and waits for another one. */
    private void kill(String service) throws IOException, InterruptedException {
        long launcher = json("status").get("process").asLong();
        ProcessHandle victim = process(launcher, service).orElseThrow();
        victim.destroyForcibly();
        while (process(launcher, service).filter(p -> !p.equals(victim)).isEmpty()
                || !json("status").at("/services/0/ready").asBoolean()) {
            Thread.sleep(50);
        }
    }

    private static Optional<ProcessHandle> process(long launcher, String service) {
        return ProcessHandle.of(launcher).stream()
                .flatMap(ProcessHandle::children)
                .filter(child ->
                        child.isAlive() && child.info().commandLine().orElse("").contains(service))
                .findFirst();
    }

    @Test
    void howeverOftenTheOptimizerIsKilledFeedbackCountsOnceAndWhatWasMeasuredIsToldOnce()
            throws IOException, InterruptedException {
        TinyStudy.write(folder);
        Path yaml = Files.writeString(folder.resolve("online.yaml"), TinyStudy.CLICKED);
        up();
        String study = done("study", "create", yaml.toString());
        served(study);
        String feedback = feedback();
        Flow flow = new Flow(feedback, study);
        for (int kill = 0; kill < KILLS; kill++) {
            flow.awaitClicks(50);
            kill("optimizer-service");
        }
        JsonNode standing = get(feedback + "/v1/studies/" + study + "/standing");
        // Two were asked already: that the third is settled shows that the search goes on.
        long goesOn = standing.get("settled").asLong() + 3;
        while (standing.get("settled").asLong() < goesOn) {
            Thread.sleep(100);
            standing = get(feedback + "/v1/studies/" + study + "/standing");
        }
        int accepted = flow.ended();
        while (Standing.exposures(standing) < accepted) {
            Thread.sleep(100);
            standing = get(feedback + "/v1/studies/" + study + "/standing");
        }
        List<TrialEvent> trials = trials(study);
        while (settled(trials).size() < standing.get("settled").asLong()) {
            Thread.sleep(100);
            trials = trials(study);
        }
        System.out.printf(
                "%d kills, %d clicks, %d settled%n",
                KILLS, accepted, settled(trials).size());
        assertEquals(accepted, Standing.exposures(standing), standing.toString());
        for (String arm : List.of("champion", "control")) {
            assertEquals(1, standing.at("/" + arm + "/level").asDouble(), 1e-9, arm + " of " + standing);
        }
        trials.stream()
                .filter(event -> event.getType() == TrialEventType.TOLD)
                .forEach(told -> assertEquals(0, told.getLoss(), 1e-9, told.toString()));
        assertEquals(settled(trials).size(), settled(trials).stream().distinct().count(), "none twice");
        assertEquals(standing.get("settled").asLong(), settled(trials).size(), "none more");
    }

    private List<TrialEvent> trials(String study) throws IOException {
        return new TopicReader(KafkaSettings.of(
                        Map.of("bootstrap.servers", json("status").get("kafka").asText())))
                .trials(study);
    }

    private static List<Long> settled(List<TrialEvent> trials) {
        return trials.stream()
                .filter(event -> event.getNumber() >= 0
                        && (event.getType() == TrialEventType.TOLD || event.getType() == TrialEventType.FAILED))
                .map(TrialEvent::getNumber)
                .toList();
    }
}
