package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.embedded.clock.TurnedClock;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.avro.specific.SpecificRecord;

/** The packaged service with a real broker; the test acts as optimizer, production and users. */
final class TestedService implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    /** Silences the broker in this JVM. A field, because the log manager drops loggers without references. */
    private static final Logger ROOT = Logger.getLogger("");

    private final Path directory;
    private final EmbeddedKafka kafka;
    private final ServiceProcess service;
    private final TurnedClock clock;

    TestedService(Path directory) throws Exception {
        ROOT.setLevel(Level.WARNING);
        this.directory = directory;
        clock = new TurnedClock(directory);
        kafka = TestedKafka.start(directory.resolve("kafka"));
        service = startInstance("one").awaitReady();
    }

    ServiceProcess startInstance(String instance) throws Exception {
        return ServiceProcess.start(
                kafka.bootstrapServers(),
                clock.jvmOption(),
                "afterlearner.feedback.instance=" + instance,
                "afterlearner.feedback.state-dir=" + directory.resolve(instance));
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Ends the windows of all exposures that began; reports that the service accepted are in them. */
    void closeWindows(Duration window) throws Exception {
        Windows.close(kafka.bootstrapServers(), clock, window);
    }

    ServiceProcess http() {
        return service;
    }

    void send(String topic, String study, SpecificRecord record) throws Exception {
        Topic.send(kafka.bootstrapServers(), topic, study, record);
    }

    /** Creates a study and waits until it is served. */
    void create(String study, long windowMillis, long exposures) throws Exception {
        create(study, Specs.online(windowMillis, exposures, 0, List.of()));
    }

    void create(String study, OnlineSpec online) throws Exception {
        send(Topics.STUDIES, study, Specs.study(study, online));
        awaitThat(() -> service.get("/v1/studies/" + study + "/champion").statusCode() == 200);
    }

    void ask(String study, long number, double value) throws Exception {
        send(Topics.TRIALS, study, Specs.asked(study, number, value));
        awaitThat(() -> service.get("/v1/studies/" + study + "/arms").body().contains("\"number\":" + number + ","));
    }

    JsonNode assign(String study, String unit) throws Exception {
        HttpResponse<String> answer = assigning(study, unit);
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    HttpResponse<String> assigning(String study, String unit) throws Exception {
        return service.post("/v1/studies/" + study + "/assignments", "{\"unit\":\"" + unit + "\"}");
    }

    static ObjectNode report(JsonNode assignment, String metric, double value, String id) {
        return JSON.createObjectNode()
                .put("token", assignment.get("token").asText())
                .put("metric", metric)
                .put("value", value)
                .put("id", id);
    }

    <T extends SpecificRecord> List<T> read(String topic, String study, Class<T> type) {
        return Topic.read(kafka.bootstrapServers(), topic, study, type);
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    void awaitThat(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 120 s; the service said:\n" + service.said());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    static String assertProblem(int status, HttpResponse<String> answer) throws Exception {
        assertEquals(status, answer.statusCode(), answer.body());
        String type = answer.headers().firstValue("Content-Type").orElse("");
        assertTrue(type.startsWith("application/problem+json"), type);
        JsonNode problem = JSON.readTree(answer.body());
        assertEquals(status, problem.get("status").asInt());
        assertTrue(problem.has("type") && problem.has("title"), answer.body());
        String detail = problem.get("detail").asText();
        assertTrue(!detail.contains("\n") && !detail.isBlank(), detail);
        return detail;
    }

    @Override
    public void close() {
        service.close();
        kafka.close();
    }
}
