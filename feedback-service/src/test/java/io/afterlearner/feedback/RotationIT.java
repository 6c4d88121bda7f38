package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Topics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances whose secrets and unit keys are files, which are replaced one after the other while units come and report. */
@Timeout(300)
class RotationIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Silences the broker in this JVM. Referenced here, because the log manager may drop it. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final String OLD = "Xq-old-secret-0123456789";
    private static final String NEW = "Xq-new-secret-0123456789";
    private static final String STUDY = "rotated";
    private static final String FOREIGN = "afterlearner_feedback_foreign_unit_keys";

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static final List<Instance> INSTANCES = new ArrayList<>();

    /** An instance with files of its own, as pods have theirs. */
    private record Instance(ServiceProcess service, Path tokenSecrets, Path unitKeys) {
        static Instance start(String name) throws IOException {
            Path tokenSecrets = Files.writeString(directory.resolve(name + "-token-secrets"), OLD);
            Path unitKeys = Files.writeString(directory.resolve(name + "-unit-keys"), OLD);
            return new Instance(
                    ServiceProcess.start(
                            kafka.bootstrapServers(),
                            "afterlearner.feedback.instance=" + name,
                            "afterlearner.feedback.secrets=",
                            "afterlearner.feedback.secrets-file=" + tokenSecrets,
                            "afterlearner.feedback.unit-keys=",
                            "afterlearner.feedback.unit-keys-file=" + unitKeys,
                            "afterlearner.feedback.secrets-reload=50ms",
                            "afterlearner.feedback.state-dir=" + directory.resolve(name)),
                    tokenSecrets,
                    unitKeys);
        }

        /** Replaces a file as a whole, and returns when the instance has read it. */
        void write(Path file, String... secrets) throws IOException, InterruptedException {
            long before = reads(file);
            Path next = Files.writeString(directory.resolve("next"), String.join("\n", secrets));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            while (reads(file) == before) {
                Thread.sleep(10);
            }
        }

        private long reads(Path file) throws IOException {
            return service.said()
                    .lines()
                    .filter(line -> line.contains(file.toString()) && line.contains("was read again"))
                    .count();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        ROOT.setLevel(Level.WARNING);
        kafka = TestedKafka.start(directory.resolve("kafka"));
        INSTANCES.add(Instance.start("one"));
        INSTANCES.add(Instance.start("two"));
        for (Instance each : INSTANCES) {
            each.service().awaitReady();
        }
        Topic.send(kafka.bootstrapServers(), Topics.STUDIES, STUDY, Specs.study(STUDY, 3_600_000, 1_000, List.of()));
        for (Instance each : INSTANCES) {
            while (each.service().get("/v1/studies/" + STUDY + "/champion").statusCode() != 200) {
                Thread.sleep(20);
            }
        }
    }

    @AfterAll
    static void stop() {
        INSTANCES.forEach(each -> each.service().close());
        if (kafka != null) {
            kafka.close();
        }
    }

    private static JsonNode assign(int instance, String unit) throws Exception {
        HttpResponse<String> answer = INSTANCES
                .get(instance)
                .service()
                .post("/v1/studies/" + STUDY + "/assignments", "{\"unit\":\"" + unit + "\"}");
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    private static int report(int instance, JsonNode assignment, String event) throws Exception {
        String token = assignment.get("token").asText();
        return INSTANCES
                .get(instance)
                .service()
                .post(
                        "/v1/feedback",
                        "{\"token\":\"" + token + "\",\"metric\":\"click\",\"value\":1,\"id\":\"" + event + "\"}")
                .statusCode();
    }

    private static double reports(String fate) throws Exception {
        return counted("afterlearner_feedback_reports_total{fate=\"" + fate + "\"");
    }

    /** Reports with a valid token that is open. Units of empty slots are served outside of the comparison. */
    private static double heard() throws Exception {
        return reports("counted") + reports("uncounted");
    }

    /** The sum of the series that begin like this, over all instances. */
    private static double counted(String series) throws Exception {
        return counted(INSTANCES, series);
    }

    private static double counted(List<Instance> instances, String series) throws Exception {
        double sum = 0;
        for (Instance each : instances) {
            sum += each.service()
                    .get("/q/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(series))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
        return sum;
    }

    /** Each instance assigns some units, and the other one gets their reports, now and at the end. */
    private static void come(List<JsonNode> open) throws Exception {
        for (int i = 0; i < 6; i++) {
            JsonNode assigned = assign(i % 2, "unit-" + open.size());
            assertEquals(202, report(1 - i % 2, assigned, "first"));
            open.add(assigned);
        }
    }

    @Test
    void noOpenTokenIsLostWhileSecretsAndUnitKeysRotate() throws Exception {
        double before = heard();
        double foreign = counted(FOREIGN);
        List<JsonNode> open = new ArrayList<>();
        come(open);
        for (String[] step : new String[][] {{OLD, NEW}, {NEW, OLD}}) {
            for (Instance each : INSTANCES) {
                each.write(each.tokenSecrets(), step);
                come(open);
                each.write(each.unitKeys(), step);
                come(open);
            }
        }
        for (int i = 0; i < open.size(); i++) {
            assertEquals(202, report(i % 2, open.get(i), "last"));
        }
        while (heard() - before < 2 * open.size()) {
            Thread.sleep(50);
        }
        assertEquals(2 * open.size(), heard() - before);
        assertEquals(0, counted("afterlearner_feedback_forged_reports_total"));
        assertTrue(counted(FOREIGN) <= foreign, "a rotation is no difference");

        for (Instance each : INSTANCES) {
            each.write(each.tokenSecrets(), NEW);
        }
        assertEquals(202, report(0, open.get(open.size() - 1), "later"));
        assertEquals(401, report(1, open.get(0), "later"), "signed with a secret that is gone");
        for (Instance each : INSTANCES) {
            assertFalse(each.service().said().contains("Xq-"), "a secret is in the log");
        }
    }

    @Test
    void instancesWithDifferentUnitKeysSaySo() throws Exception {
        Instance one = INSTANCES.get(0);
        Instance two = INSTANCES.get(1);
        List<String> before = Files.readAllLines(two.unitKeys());
        two.write(two.unitKeys(), "Xq-another-key-0123456789");
        for (int i = 0; foreign(one) == 0 || foreign(two) == 0; i++) {
            assign(i % 2, "differs-" + i);
        }
        for (Instance each : INSTANCES) {
            assertTrue(
                    each.service().said().contains("UNIT KEYS DIFFER"),
                    each.service().said());
            assertFalse(each.service().said().contains("Xq-"), "a key is in the log");
        }
        two.write(two.unitKeys(), before.toArray(String[]::new));
        assertEquals(0, foreign(two));
    }

    private static double foreign(Instance instance) throws Exception {
        return counted(List.of(instance), FOREIGN);
    }

    private static JsonNode forget(int instance, String unit, boolean dryRun, int status) throws Exception {
        HttpResponse<String> answer = INSTANCES
                .get(instance)
                .service()
                .post(
                        "/v1/studies/" + STUDY + "/units/forget",
                        "{\"unit\":\"" + unit + "\",\"dryRun\":" + dryRun + "}");
        assertEquals(status, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    @Test
    void aForgottenUnitHasNoOpenTokenAndWhatStaysIsSaid() throws Exception {
        String unit = "ann@example.org";
        // The reports of a unit of an empty slot do not count, forgotten or not.
        while (assign(0, unit).get("arm").asText().equals("UNCOUNTED")) {
            unit = "another-" + unit;
        }
        JsonNode assigned = assign(0, unit);
        assertEquals(202, report(0, assigned, "before"));
        double before = reports("forgotten");
        JsonNode shown = forget(1, unit, true, 200);
        assertFalse(shown.get("forgotten").asBoolean());
        assertEquals(202, report(0, assigned, "still open"));

        JsonNode done = forget(1, unit, false, 202);
        assertTrue(done.get("forgotten").asBoolean());
        while (reports("forgotten") == before) {
            assertEquals(202, report(0, assigned, "after"));
            Thread.sleep(20);
        }
        assertEquals(6, done.get("kept").size(), done.toString());
        done.get("kept").forEach(kept -> assertTrue(kept.get("goneBy").asText().startsWith("20"), done.toString()));
        assertTrue(assigned.get("assignment")
                .asText()
                .startsWith(done.get("assignments").get(0).asText()));
        assertNotEquals(unit, done.get("pseudonyms").get(0).asText());
        assertEquals(
                List.of(),
                Topic.readAll(kafka.bootstrapServers(), Topics.DEAD_LETTERS, DeadLetter.class),
                "kept longer");
        for (Instance each : INSTANCES) {
            assertFalse(each.service().said().contains(unit), "the unit is in the log");
        }
    }
}
