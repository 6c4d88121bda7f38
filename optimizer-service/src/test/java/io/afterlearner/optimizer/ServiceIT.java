package io.afterlearner.optimizer;

import static io.afterlearner.optimizer.SampleSpecs.later;
import static io.afterlearner.optimizer.SampleSpecs.online;
import static io.afterlearner.optimizer.SampleSpecs.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import io.afterlearner.kafka.cluster.TestedKafka;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged service against a real broker. */
class ServiceIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Silences the broker in this JVM. Referenced here, because the log manager may drop it. */
    private static final Logger ROOT = Logger.getLogger("");

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static ServiceProcess service;

    @BeforeAll
    static void start() throws Exception {
        ROOT.setLevel(Level.WARNING);
        kafka = TestedKafka.start(directory.resolve("kafka"));
        service = ServiceProcess.start(kafka.bootstrapServers()).awaitReady();
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

    @Test
    void aStudyOfAPoolWithoutTopicsIsRefusedWithTheCommandThatCreatesThem() throws Exception {
        String study =
                spec("pooled", 3, 1).replaceFirst("\\{", "{\"evaluation\":{\"timeoutMillis\":60000,\"pool\":\"gpu\"},");
        HttpResponse<String> refused = service.post("/v1/studies", study);
        assertProblem(409, refused);
        assertTrue(
                refused.body()
                        .contains(
                                "Kafka has no topics afterlearner.candidates.gpu, afterlearner.verdict-requests.gpu, or"
                                        + " this process may not see them; run ./afterlearner topics create --pool gpu, or"),
                refused.body());
        ClusterSetup.create(
                KafkaSettings.of(Map.of("bootstrap.servers", kafka.bootstrapServers())),
                Layout.of(4, (short) 1),
                List.of("gpu"));
        assertEquals(201, service.post("/v1/studies", study).statusCode());
    }

    @Test
    void aStudyIsCreatedOnceAndRunsToItsEnd() throws Exception {
        assertEquals(201, service.post("/v1/studies", spec("whole", 30, 4)).statusCode());
        assertEquals("RUNNING", view("whole").get("status").asText());
        assertEquals(200, service.post("/v1/studies", spec("whole", 30, 4)).statusCode());
        assertProblem(409, service.post("/v1/studies", spec("whole", 31, 4)));

        try (Evaluator evaluator = new Evaluator(kafka.bootstrapServers(), "whole")) {
            for (int i = 0; i < 30; i++) {
                long number = evaluator.next().getNumber();
                evaluator.tell(number, 30.0 - number);
            }
            JsonNode end = await("whole", view -> view.get("status").asText().equals("FINISHED"));
            assertEquals(29, end.get("number").asLong());
            assertEquals(1.0, end.get("loss").asDouble());
            assertEquals(30.0, end.get("baselineLoss").asDouble());
            Trials.assertExact(evaluator.trials(), 30);
        }
        assertEquals(
                JSON.readTree(spec("whole", 30, 4)).get("aleph").get(0).get("initial"),
                JSON.readTree(service.get("/v1/studies/whole/spec").body())
                        .get("aleph")
                        .get(0)
                        .get("initial"));
        assertEquals(
                202,
                service.post("/v1/studies/whole/commands", "{\"action\":\"EXTEND\",\"budget\":31}")
                        .statusCode());
        await("whole", view -> view.get("status").asText().equals("RUNNING"));
    }

    @Test
    void aStudyIsPausedResumedStoppedDeletedAndCreatedAgain() throws Exception {
        service.post("/v1/studies", spec("steered", 30, 2));
        await("steered", view -> view.get("asked").asLong() == 2);
        assertProblem(409, service.delete("/v1/studies/steered"));
        for (String[] step : new String[][] {{"PAUSE", "PAUSED"}, {"RESUME", "RUNNING"}, {"STOP", "STOPPED"}}) {
            String body = "{\"action\":\"" + step[0] + "\",\"by\":\"it\"}";
            assertEquals(202, service.post("/v1/studies/steered/commands", body).statusCode());
            await("steered", view -> view.get("status").asText().equals(step[1]));
        }
        assertProblem(409, service.post("/v1/studies/steered/commands", "{\"action\":\"RESUME\"}"));
        assertEquals(202, service.delete("/v1/studies/steered").statusCode());
        assertEquals(404, service.get("/v1/studies/steered").statusCode());
        assertEquals(201, service.post("/v1/studies", spec("steered", 30, 2)).statusCode());
        try (Evaluator evaluator = new Evaluator(kafka.bootstrapServers(), "steered")) {
            long deleted = evaluator.next().getIncarnation();
            evaluator.next();
            long current = evaluator.next().getIncarnation();
            evaluator.tell(0, 0.25, deleted);
            evaluator.tell(0, 0.75, current);
            JsonNode told = await("steered", view -> view.get("told").asLong() == 1);
            assertEquals(0.75, told.get("loss").asDouble());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | nothing to read |",
                "400 | {\"study\":\"a\",\"colour\":\"red\"} | colour",
                "400 | {\"study\":\"a\"} | aleph is missing",
                "400 | {\"study\":7} | study is 7; give a string",
                "400 | {\"study\":\"a\",\"study\":\"a\"} | line 1, column",
                "400 | {\"study\":\"a\"} {} | the body cannot be read",
                "400 | {\"study\":\"a\",\"aleph\":[{\"tensor\":\"w\",\"initial\":[0,null]}]} | aleph[0].initial[1] is null",
                "400 | {\"study\":\"a\",\"aleph\":[],\"optimizer\":{\"budget\":1.5}} | optimizer.budget is 1.5; give a whole number",
                "400 | [] | the body is []; give an object",
                "400 | null | the body",
                "400 | '' | the body is empty",
                "400 | {\"study\":\"a\",\"optimizer\":{\"budget\":0},\"loss\":{\"type\":\"l\"},\"aleph\":[{\"tensor\":\"w\",\"initial\":[0]}]} | optimizer.budget",
                "400 | {\"study\":\"a\",\"optimizer\":{\"budget\":\"many\"},\"loss\":{\"type\":\"l\"},\"aleph\":[]} | budget",
                "400 | {\"study\":\"a\",\"optimizer\":{\"budget\":9},\"loss\":{\"type\":\"l\"},\"aleph\":[{\"tensor\":\"w\",\"shape\":[2147483647,2147483647,9],\"initial\":[0]}]} | shape"
            })
    void aSpecThatIsNoneGetsOneLineThatSaysWhere(int status, String body, String named) throws Exception {
        String detail = assertProblem(status, service.post("/v1/studies", body));
        assertTrue(named == null || detail.contains(named), detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"EXTEND\",\"budget\":31.5} | budget",
                "{\"action\":\"SUGGEST\",\"values\":[0,null,0]} | values",
                "{\"action\":\"STOP\",\"action\":\"PAUSE\"} | line 1, column",
                "{\"action\":\"STOP\"} 1 | the body cannot be read",
                "{\"action\":\"STOP\",\"by\":\"a\\u001bb\"} | by has the character U+001B",
                "[] | the body has the wrong type; give an object",
                "'' | the body is empty"
            })
    void aCommandThatIsNotExactlyOneIsRefusedWithThePlace(String body, String place) throws Exception {
        service.post("/v1/studies", spec("commanded", 30, 2));
        String detail = assertProblem(400, service.post("/v1/studies/commanded/commands", body));
        assertTrue(detail.contains(place), detail);
    }

    @Test
    void aForeignPageAndABodyWithoutContentTypeAreRefused() throws Exception {
        String body = spec("foreign", 3, 1);
        assertProblem(
                403,
                service.send("/v1/studies", body, "Content-Type: application/json", "Origin: https://evil.example"));
        assertProblem(415, service.send("/v1/studies", body));
        assertProblem(404, service.get("/v1/studies/foreign"));
    }

    @Test
    void onlyAnOnlineStudyAcceptsDecisionsAboutItsChampion() throws Exception {
        assertEquals(201, service.post("/v1/studies", online("served", "0.2")).statusCode());
        assertEquals(
                200,
                service.post("/v1/studies", later(online("served", "0.2"))).statusCode(),
                "a deadline counts from when the study begins");
        assertProblem(409, service.post("/v1/studies", online("served", "0.2").replace("99001", "99002")));
        String detail = assertProblem(400, service.post("/v1/studies", online("greedy", "0.95")));
        assertTrue(detail.startsWith("online.exploreShare must leave units to the champion"), detail);
        service.post("/v1/studies", spec("scored", 3, 1));
        for (String action : List.of("REVERT", "APPROVE", "REJECT")) {
            String body = "{\"action\":\"" + action + "\"}";
            int status = service.post("/v1/studies/served/commands", body).statusCode();
            assertEquals(action.equals("REVERT") ? 202 : 409, status, "it promotes without approval");
            assertProblem(409, service.post("/v1/studies/scored/commands", body));
        }
        String own = assertProblem(400, service.post("/v1/studies/served/commands", "{\"action\":\"CENTRE\"}"));
        assertTrue(own.contains("action is CENTRE; give one of [PAUSE, ") && !own.contains("REOPEN"), own);
    }

    @Test
    void unknownResourcesAreNotFound() throws Exception {
        assertProblem(404, service.get("/v1/studies/nobody"));
        assertProblem(404, service.get("/v1/studies/nobody/spec"));
        assertProblem(404, service.post("/v1/studies/nobody/commands", "{\"action\":\"STOP\"}"));
    }

    @Test
    void pageMetricsAndOpenApiAreServed() throws Exception {
        assertTrue(service.get("/").body().contains("<html"));
        assertTrue(service.get("/q/metrics").body().contains("afterlearner_optimizer_studies{"));
        assertTrue(service.get("/q/openapi").body().contains("/v1/studies/{study}/commands"));
    }

    @Test
    void aStudyContinuesWithoutLossAfterAKill() throws Exception {
        int budget = 600;
        service.post("/v1/studies", spec("killed", budget, 8));
        try (Evaluator evaluator = new Evaluator(kafka.bootstrapServers(), "killed")) {
            int answered = 0;
            for (int kills = 0; kills < 2; kills++) {
                for (int i = 0; i < 150; i++) {
                    evaluator.answer();
                    answered++;
                }
                service.kill();
                long start = System.nanoTime();
                long killedAtMillis = System.currentTimeMillis();
                service = ServiceProcess.start(kafka.bootstrapServers());
                long askedAtMillis = 0;
                while (askedAtMillis < killedAtMillis) {
                    askedAtMillis = evaluator.answer().getAskedAtMillis();
                    answered++;
                }
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                System.out.println("{\"test\":\"kill\",\"millisUntilCandidatesFlow\":" + millis + "}");
                service.awaitReady();
            }
            while (answered < budget) {
                evaluator.answer();
                answered++;
            }
            JsonNode end = await("killed", view -> view.get("status").asText().equals("FINISHED"));
            assertEquals(budget, end.get("told").asLong() + end.get("failed").asLong());
            assertTrue(end.get("ignored").get("duplicate").asLong() > 0);
            Trials.assertExact(evaluator.trials(), budget);
        }
    }

    private static JsonNode view(String study) throws Exception {
        return JSON.readTree(service.get("/v1/studies/" + study).body());
    }

    private static JsonNode await(String study, Predicate<JsonNode> wanted) throws Exception {
        awaitThat(() -> wanted.test(view(study)));
        return view(study);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void awaitThat(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 120 s; the service said:\n" + service.said());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static String assertProblem(int status, HttpResponse<String> answer) throws Exception {
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
}
