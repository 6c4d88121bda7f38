package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.stack.TopicReader;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
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

    /** One kill in every build, five with {@code -Pthorough}, or {@code -Dkills=20}. */
    private static final int KILLS = Integer.getInteger("kills", Boolean.getBoolean("afterlearner.thorough") ? 5 : 1);

    @TempDir
    static Path folder;

    /** The second test uses the stack of the first one. */
    private static OnlineStack stack;

    @BeforeAll
    static void quiet() {
        ROOT_LOGGER.setLevel(Level.WARNING);
        stack = new OnlineStack(folder);
    }

    @AfterAll
    static void down() {
        stack.down();
    }

    @Test
    void aStudyIsServedFromItsFileOnAndARevertHoldsThoughNoServiceRuns() throws IOException, InterruptedException {
        TinyStudy.write(folder);
        String yaml = Files.writeString(folder.resolve("online.yaml"), TinyStudy.ONLINE)
                .toString();
        stack.up();
        String study = stack.done("study", "create", yaml);
        JsonNode assigned =
                OnlineStack.post(stack.feedback() + "/v1/studies/" + study + "/assignments", "{\"unit\":\"ann\"}", 200);
        assertEquals(study, stack.done("study", "create", yaml), "the same file is the same study");
        assertEquals(0, stack.served(study).get("champion").asLong());

        assertEquals(2, assigned.get("values").size(), assigned.toString());
        String report =
                "{\"token\":\"" + assigned.get("token").asText() + "\",\"metric\":\"click\",\"value\":1,\"id\":\"1\"}";
        OnlineStack.post(stack.feedback() + "/v1/feedback", report, 202);
        assertTrue(stack.done("study", "list").contains("users"));
        String kept = stack.done("study", "forget-unit", "tiny", "--unit", "ann", "--dry-run");
        assertTrue(kept.contains("nothing was changed") && kept.contains("afterlearner.dead-letters"), kept);
        JsonNode forgotten = stack.json("study", "forget-unit", "tiny", "--unit", "ann", "--yes");
        assertTrue(forgotten.get("forgotten").asBoolean(), forgotten.toString());
        assertEquals("begin", stack.json("study", "audit", "tiny").get("action").asText());
        JsonNode shipped = stack.json("study", "why", "tiny", "0");
        assertTrue(shipped.get("now").asText().startsWith("it is the champion since"), shipped.toString());

        stack.down();
        stack.done("study", "revert", "tiny", "--reason", "complaints");
        stack.up();
        JsonNode champion = stack.served(study);
        assertEquals("reverted", champion.get("state").asText(), champion.toString());
        assertEquals("complaints", champion.get("reason").asText());
        JsonNode again =
                OnlineStack.post(stack.feedback() + "/v1/studies/" + study + "/assignments", "{\"unit\":\"ann\"}", 200);
        assertEquals(champion.get("values"), again.get("values"), "nobody meets a candidate");
        assertTrue(stack.done("study", "resume", "tiny").endsWith("running, exploring"));
        assertTrue(stack.done("study", "audit", "tiny").contains("resume"));
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
                    JsonNode assigned = OnlineStack.post(url + "/v1/studies/" + study + "/assignments", unit, 200);
                    String token = assigned.get("token").asText();
                    String click = "{\"token\":\"" + token + "\",\"metric\":\"click\",\"value\":1,\"id\":\"1\"}";
                    OnlineStack.post(url + "/v1/feedback", click, 202);
                    OnlineStack.post(url + "/v1/feedback", click, 202);
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

    /** Kills the process of a service as kill -9 does, and waits for another one. */
    private void kill(String service) throws IOException, InterruptedException {
        long launcher = stack.json("status").get("process").asLong();
        ProcessHandle victim = process(launcher, service).orElseThrow();
        victim.destroyForcibly();
        while (process(launcher, service).filter(p -> !p.equals(victim)).isEmpty()
                || !stack.json("status").at("/services/0/ready").asBoolean()) {
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
        stack.up();
        String study = stack.done("study", "create", yaml.toString());
        stack.served(study);
        String feedback = stack.feedback();
        Flow flow = new Flow(feedback, study);
        for (int kill = 0; kill < KILLS; kill++) {
            flow.awaitClicks(50);
            kill("optimizer-service");
        }
        JsonNode standing = OnlineStack.get(feedback + "/v1/studies/" + study + "/standing");
        // Two were asked already: that the third is settled shows that the search goes on.
        long goesOn = standing.get("settled").asLong() + 3;
        while (standing.get("settled").asLong() < goesOn) {
            Thread.sleep(100);
            standing = OnlineStack.get(feedback + "/v1/studies/" + study + "/standing");
        }
        int accepted = flow.ended();
        while (Standing.exposures(standing) < accepted) {
            Thread.sleep(100);
            standing = OnlineStack.get(feedback + "/v1/studies/" + study + "/standing");
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
        return new TopicReader(KafkaSettings.of(Map.of(
                        "bootstrap.servers", stack.json("status").get("kafka").asText())))
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
