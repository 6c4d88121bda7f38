package io.afterlearner.optimizer;

import static io.afterlearner.optimizer.SampleSpecs.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.access.RoleKeys;
import io.afterlearner.access.Roles;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.embedded.access.AccessWalk;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with keys. */
@Timeout(180)
class AccessIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Silences the broker in this JVM. Referenced here, because the log manager may drop it. */
    private static final Logger ROOT = Logger.getLogger("");

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static ServiceProcess service;
    private static RoleKeys keys;

    @BeforeAll
    static void start() throws Exception {
        ROOT.setLevel(Level.WARNING);
        keys = RoleKeys.write(directory.resolve("keys"));
        kafka = TestedKafka.start(directory.resolve("kafka"));
        service = ServiceProcess.start(kafka.bootstrapServers(), "afterlearner.http.keys-file=" + keys.file())
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    private static HttpResponse<String> request(String method, String path, String body, String key) throws Exception {
        return service.request(method, path, body, "Authorization: Bearer " + key);
    }

    @Test
    void everyRequestNeedsItsRole() throws Exception {
        new AccessWalk(service, "optimizer", keys.byRole(), keys.limited()).check();
    }

    @Test
    void aKeyOfSomeStudiesSeesAndCreatesNoOther() throws Exception {
        assertEquals(
                201,
                request("POST", "/v1/studies", spec("a-1x", 30, 2), keys.limited())
                        .statusCode());
        assertEquals(
                403,
                request("POST", "/v1/studies", spec("b-1x", 30, 2), keys.limited())
                        .statusCode());
        assertEquals(
                201,
                request("POST", "/v1/studies", spec("b-1x", 30, 2), keys.of(Roles.OPERATOR))
                        .statusCode());
        List<String> seen = new ArrayList<>();
        for (JsonNode study :
                JSON.readTree(request("GET", "/v1/studies", "", keys.limited()).body())) {
            seen.add(study.get("study").asText());
        }
        assertTrue(seen.contains("a-1x") && !seen.contains("b-1x"), seen::toString);
    }

    @Test
    void whoDidWhatIsInTheStudysEvents() throws Exception {
        assertEquals(
                201,
                request("POST", "/v1/studies", spec("who", 30, 2), keys.of(Roles.OPERATOR))
                        .statusCode());
        String forged = "{\"action\":\"PAUSE\",\"by\":\"key:root\"}";
        assertEquals(
                400,
                request("POST", "/v1/studies/who/commands", forged, keys.of(Roles.OPERATOR))
                        .statusCode());
        String stop = "{\"action\":\"STOP\",\"by\":\"bob\"}";
        assertEquals(
                202,
                request("POST", "/v1/studies/who/commands", stop, keys.of(Roles.OPERATOR))
                        .statusCode());
        while (!request("GET", "/v1/studies/who", "", keys.of(Roles.VIEWER))
                .body()
                .contains("STOPPED")) {
            Thread.sleep(20);
        }
        try (Evaluator reader = new Evaluator(kafka.bootstrapServers(), "who")) {
            assertEquals("key:operator for bob", by(reader.trials(), TrialEventType.STOPPED));
            assertEquals("key:operator", by(reader.trials(), TrialEventType.CREATED));
        }
        assertEquals(
                202,
                request("DELETE", "/v1/studies/who", "", keys.of(Roles.ADMIN)).statusCode());
        String log = service.said();
        assertTrue(log.contains("key:admin DELETE /v1/studies/who: 202"), log);
        assertTrue(keys.byRole().values().stream().noneMatch(log::contains), "the log contains a key");
    }

    private static String by(List<TrialEvent> events, TrialEventType type) {
        return events.stream()
                .filter(event -> event.getType() == type)
                .map(event -> String.valueOf(event.getBy()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aServiceThatIsNotLoopbackDoesNotStartWithoutAuthentication() throws Exception {
        try (ServiceProcess open = ServiceProcess.start(kafka.bootstrapServers(), "quarkus.http.host=0.0.0.0")) {
            assertTrue(open.awaitExit() != 0);
            assertTrue(open.said().contains("the service would be open to everybody who reaches 0.0.0.0"), open.said());
            assertTrue(!open.said().contains("\tat "), open.said());
        }
    }
}
