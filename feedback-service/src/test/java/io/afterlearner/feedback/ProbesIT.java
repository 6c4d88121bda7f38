package io.afterlearner.feedback;

import static io.afterlearner.feedback.TestedService.JSON;
import static io.afterlearner.feedback.TestedService.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.cluster.Probes;
import io.afterlearner.kafka.cluster.SlowRestore;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.Topics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers to the kubelet of an instance that has no partition, and of one whose state takes long to restore. */
@Timeout(600)
class ProbesIT {
    private static final Logger ROOT = Logger.getLogger("");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final String STUDY = "shop";
    private static final int UNITS = 10;
    /** Restoring takes minutes at this rate, until the limit is lifted. */
    private static final long BYTES_PER_SECOND = 50_000;

    private static final long STATE_BYTES = 200 * BYTES_PER_SECOND;
    private static final int TIMES = 30;

    @TempDir
    private Path directory;

    private EmbeddedKafka kafka;

    /** With one partition there is one that counts reports and one that judges, or one that does both. */
    @Test
    void instancesWithoutAPartitionAreReadyAnswerAndTakeOver() throws Exception {
        begin();
        try (EmbeddedKafka broker = kafka;
                ServiceProcess one = start("one").awaitReady();
                ServiceProcess two = start("two").awaitReady();
                ServiceProcess three = start("three").awaitReady()) {
            List<ServiceProcess> spare = new ArrayList<>(List.of(one, two, three));
            explore(broker, spare);
            List<JsonNode> open = new ArrayList<>();
            for (ServiceProcess each : spare) {
                open.addAll(assign(each, open.size()));
            }
            reportAll(spare, open, "first");
            await(() -> sum(spare) == open.size(), "each report counts");
            List<ServiceProcess> owners =
                    spare.stream().filter(each -> counted(each) > 0).toList();
            assertEquals(1, owners.size(), "one instance has the partition");
            spare.removeAll(owners);
            owners.get(0).kill();
            reportAll(spare, open, "second");
            await(() -> Probes.areWell(spare) && sum(spare) == open.size(), "another instance counts reports");
        }
    }

    @Test
    void whileItsStateIsRestoredAnInstanceIsAliveAndNotReady() throws Exception {
        begin();
        try (EmbeddedKafka broker = kafka) {
            List<JsonNode> open;
            try (ServiceProcess first = start("one").awaitReady()) {
                explore(broker, List.of(first));
                open = assign(first, 0);
                reportAll(List.of(first), open, "before");
                await(() -> counted(first) == open.size(), "each report counts");
            }
            assertTrue(SlowRestore.grow(broker.bootstrapServers(), STATE_BYTES) >= STATE_BYTES);
            List<ServiceProcess> started = new ArrayList<>();
            SlowRestore.during(broker.bootstrapServers(), BYTES_PER_SECOND, () -> {
                // Another folder: its volume is lost.
                ServiceProcess restoring = start("one", "lost");
                started.add(restoring);
                await(() -> new Probes(restoring).isListening(), "it listens");
                new Probes(restoring).assertRestores(TIMES);
            });
            try (ServiceProcess second = started.get(0)) {
                second.awaitReady();
                reportAll(List.of(second), open, "after");
                await(() -> counted(second) == open.size(), "each report counts");
            }
        }
    }

    private void begin() throws Exception {
        ROOT.setLevel(Level.WARNING);
        kafka = TestedKafka.start(directory.resolve("kafka"), 1);
    }

    private ServiceProcess start(String instance) throws Exception {
        return start(instance, instance);
    }

    private ServiceProcess start(String instance, String folder) throws Exception {
        return ServiceProcess.start(
                kafka.bootstrapServers(),
                "afterlearner.feedback.instance=" + instance,
                "afterlearner.feedback.state-dir=" + directory.resolve(folder));
    }

    private static void explore(EmbeddedKafka broker, List<ServiceProcess> services) throws Exception {
        String servers = broker.bootstrapServers();
        Topic.send(servers, Topics.STUDIES, STUDY, Specs.study(STUDY, 3_600_000, 1_000, List.of()));
        for (ServiceProcess each : services) {
            await(() -> each.get("/v1/studies/" + STUDY + "/champion").statusCode() == 200, "the study is served");
        }
    }

    private static List<JsonNode> assign(ServiceProcess service, int from) throws Exception {
        List<JsonNode> assigned = new ArrayList<>();
        for (int i = from; i < from + UNITS; i++) {
            HttpResponse<String> answer =
                    service.post("/v1/studies/" + STUDY + "/assignments", "{\"unit\":\"user-" + i + "\"}");
            assertEquals(200, answer.statusCode(), answer.body());
            assigned.add(JSON.readTree(answer.body()));
        }
        return assigned;
    }

    private static void reportAll(List<ServiceProcess> services, List<JsonNode> open, String event) throws Exception {
        for (int i = 0; i < open.size(); i++) {
            String report = report(open.get(i), "click", 1, event).toString();
            HttpResponse<String> answer = services.get(i % services.size()).post("/v1/feedback", report);
            assertEquals(202, answer.statusCode(), answer.body());
        }
    }

    private static double sum(List<ServiceProcess> services) {
        return services.stream().mapToDouble(ProbesIT::counted).sum();
    }

    private static double counted(ServiceProcess service) {
        try {
            return service.get("/q/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("afterlearner_feedback_reports_total{fate=\"counted\"")
                            || line.startsWith("afterlearner_feedback_reports_total{fate=\"uncounted\""))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition, String problem) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "not within two minutes: " + problem);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
