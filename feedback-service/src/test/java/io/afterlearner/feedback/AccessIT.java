package io.afterlearner.feedback;

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
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
        service = ServiceProcess.startArchiving(
                        kafka.bootstrapServers(),
                        "afterlearner.http.keys-file=" + keys.file(),
                        "afterlearner.feedback.state-dir=" + directory.resolve("state"))
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

    private static void create(String study) throws Exception {
        Topic.send(kafka.bootstrapServers(), Topics.STUDIES, study, Specs.study(study, 3_600_000, 1_000, List.of()));
        while (request("GET", "/v1/studies/" + study + "/champion", "", keys.of(Roles.VIEWER))
                        .statusCode()
                != 200) {
            Thread.sleep(20);
        }
    }

    @Test
    void everyRequestNeedsItsRole() throws Exception {
        new AccessWalk(service, "feedback", keys.byRole(), keys.limited()).check();
    }

    @Test
    void aKeyOfSomeStudiesReportsToNoOther() throws Exception {
        create("a-shop");
        create("b-shop");
        String served = request("GET", "/v1/champions", "", keys.limited()).body();
        assertTrue(served.contains("a-shop") && !served.contains("b-shop"), served);
        String reports = "[" + report("a-shop") + "," + report("b-shop") + "]";
        HttpResponse<String> answer = request("POST", "/v1/feedback", reports, keys.limited());
        assertEquals(202, answer.statusCode(), answer.body());
        JsonNode refused = JSON.readTree(answer.body()).get("refused");
        assertEquals(1, refused.size(), answer.body());
        assertEquals(1, refused.get(0).get("index").asInt());
        assertEquals(403, refused.get(0).get("status").asInt());
        assertEquals(
                403,
                request("POST", "/v1/feedback", report("b-shop"), keys.limited())
                        .statusCode());
    }

    private static String report(String study) throws Exception {
        HttpResponse<String> assigned = request(
                "POST", "/v1/studies/" + study + "/assignments", "{\"unit\":\"u\"}", keys.of(Roles.APPLICATION));
        assertEquals(200, assigned.statusCode(), assigned.body());
        JsonNode assignment = JSON.readTree(assigned.body());
        return TestedService.report(assignment, "click", 1, "an event").toString();
    }

    @Test
    void whoRevertsIsInTheArmsAndInTheAudit() throws Exception {
        create("a-reverted");
        String path = "/v1/studies/a-reverted/";
        String forged = "{\"by\":\"key:root\",\"reason\":\"prices\"}";
        assertEquals(
                400,
                request("POST", path + "revert", forged, keys.of(Roles.OPERATOR))
                        .statusCode());
        String body = "{\"by\":\"ann\",\"reason\":\"prices\"}";
        assertEquals(
                202,
                request("POST", path + "revert", body, keys.of(Roles.OPERATOR)).statusCode());
        while (audited().isEmpty()) {
            Thread.sleep(50);
        }
        assertEquals(List.of("key:operator for ann"), audited());
        assertTrue(
                request("GET", path + "arms", "", keys.of(Roles.VIEWER)).body().contains("key:operator for ann"));
        String log = service.said();
        assertTrue(log.contains("key:operator POST /v1/studies/a-reverted/revert: 202"), log);
        assertTrue(keys.byRole().values().stream().noneMatch(log::contains), "the log contains a key");
    }

    private static List<String> audited() {
        return Topic.read(kafka.bootstrapServers(), Topics.AUDIT, "a-reverted", ArmsChange.class).stream()
                .filter(change -> change.getAction() == ArmsAction.REVERT)
                .map(ArmsChange::getBy)
                .toList();
    }
}
