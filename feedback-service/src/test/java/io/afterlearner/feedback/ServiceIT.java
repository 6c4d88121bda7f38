package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.client.AfterLearner;
import io.afterlearner.client.Assignment;
import io.afterlearner.client.Tokens;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Ignored;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged service against a real broker; the test is optimizer, production and users. */
class ServiceIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The broker in this JVM has a lot to say. Held here, for the log manager may forget it. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final long SEED = 17;

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static ServiceProcess service;

    @BeforeAll
    static void start() throws Exception {
        ROOT.setLevel(Level.WARNING);
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        service = start("one").awaitReady();
    }

    private static ServiceProcess start(String instance) throws Exception {
        return ServiceProcess.start(
                kafka.bootstrapServers(),
                directory,
                "afterlearner.feedback.instance=" + instance,
                "afterlearner.feedback.state-dir=" + directory.resolve(instance));
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

    /** Creates a study, and returns when it is served. */
    private static void create(String study, long windowMillis, long exposures) throws Exception {
        Topic.send(
                kafka.bootstrapServers(),
                Topics.STUDIES,
                study,
                Specs.study(study, windowMillis, exposures, List.of()));
        awaitThat(() -> service.get("/v1/studies/" + study + "/champion").statusCode() == 200);
    }

    private static void ask(String study, long number, double value) throws Exception {
        Topic.send(kafka.bootstrapServers(), Topics.TRIALS, study, Specs.asked(study, number, value));
        awaitThat(() -> service.get("/v1/studies/" + study + "/arms").body().contains("\"number\":" + number + ","));
    }

    private static JsonNode assign(String study, String unit) throws Exception {
        HttpResponse<String> answer = assigning(study, unit);
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> assigning(String study, String unit) throws Exception {
        return service.post("/v1/studies/" + study + "/assignments", "{\"unit\":\"" + unit + "\"}");
    }

    private static ObjectNode report(JsonNode assignment, String metric, double value, String id) {
        return JSON.createObjectNode()
                .put("token", assignment.get("token").asText())
                .put("metric", metric)
                .put("value", value)
                .put("id", id);
    }

    private static <T extends org.apache.avro.specific.SpecificRecord> List<T> read(
            String topic, String study, Class<T> type) {
        return Topic.read(kafka.bootstrapServers(), topic, study, type);
    }

    @Test
    void whatUsersReportBecomesTheFitnessOfTheCandidateTheyMet() throws Exception {
        create("shop", 2_000, 60);
        ask("shop", 0, 0.0);
        ask("shop", 1, 0.5);
        Random random = new Random(SEED);
        System.out.println("seed " + SEED);
        ArrayNode reports = JSON.createArrayNode();
        int met = 0;
        int clicked = 0;
        for (int i = 0; i < 500; i++) {
            JsonNode got = assign("shop", "user-" + i);
            boolean isCandidate = got.get("candidate").asLong() == 1;
            boolean click = random.nextDouble() < (isCandidate ? 0.8 : 0.2);
            met += isCandidate ? 1 : 0;
            clicked += isCandidate && click ? 1 : 0;
            if (click) {
                ObjectNode report = report(got, "click", 1, "click-" + i);
                // The same event twice is one; a second click is no second exposure.
                reports.add(report).add(report).add(report(got, "click", 1, "again-" + i));
            }
            reports.add(report(got, "latency", 100 + random.nextInt(20), "latency-" + i));
        }
        for (int from = 0; from < reports.size(); from += 1_000) {
            ArrayNode batch = JSON.createArrayNode();
            for (int i = from; i < Math.min(reports.size(), from + 1_000); i++) {
                batch.add(reports.get(i));
            }
            HttpResponse<String> answer = service.post("/v1/feedback", batch.toString());
            assertEquals(202, answer.statusCode(), answer.body());
            assertEquals(
                    batch.size(), JSON.readTree(answer.body()).get("accepted").asInt());
        }
        awaitThat(() -> fitness("shop").size() == 2);
        Fitness told = fitness("shop").stream()
                .filter(f -> f.getNumber() == 1)
                .findFirst()
                .orElseThrow();
        Measured measured = (Measured) told.getOutcome();
        assertTrue(met >= 60, met + " met it");
        assertEquals(0.2 - (double) clicked / met, measured.getLoss(), 0.12);
        assertTrue(measured.getStandardError() > 0.01 && measured.getStandardError() < 0.15, told.toString());
        String metrics = service.get("/q/metrics").body();
        assertTrue(metrics.matches("(?s).*afterlearner_feedback_total\\{fate=\"duplicate\"[^}]*\\} [1-9].*"), metrics);
    }

    private static List<Fitness> fitness(String study) {
        return read(Topics.FITNESS, study, Fitness.class);
    }

    @Test
    void aUnitGetsTheSameFromEachInstanceAndFromTheClient() throws Exception {
        create("sticky", 3_600_000, 1_000);
        ask("sticky", 0, 0.0);
        ask("sticky", 1, 0.5);
        try (ServiceProcess second = start("two");
                AfterLearner client = AfterLearner.connect(
                        "sticky",
                        new double[] {0},
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        ServiceProcess.SECRET)) {
            second.awaitReady();
            awaitThat(client::isConnected);
            for (int i = 0; i < 200; i++) {
                JsonNode here = assign("sticky", "user-" + i);
                JsonNode there =
                        JSON.readTree(second.post("/v1/studies/sticky/assignments", "{\"unit\":\"user-" + i + "\"}")
                                .body());
                assertEquals(here.get("candidate"), there.get("candidate"));
                assertEquals(here.get("arm"), there.get("arm"));
                assertEquals(here.get("assignment"), there.get("assignment"));
                assertEquals(
                        here.get("candidate").asLong(),
                        client.assign("user-" + i).number());
            }
            String token = assign("sticky", "user-1").get("token").asText();
            String report = "{\"token\":\"" + token + "\",\"metric\":\"click\",\"value\":1}";
            assertEquals(202, second.post("/v1/feedback", report).statusCode());
        }
    }

    @Test
    void aRevertReachesEachClientWithinASecondAndStaysUntilSomebodyResumes() throws Exception {
        create("reverted", 60_000, 1_000);
        ask("reverted", 1, 0.5);
        try (AfterLearner client = AfterLearner.connect(
                "reverted",
                new double[] {0},
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                ServiceProcess.SECRET)) {
            awaitThat(client::isConnected);
            String explorer = explorer(client);
            long start = System.nanoTime();
            assertEquals(
                    202,
                    service.post("/v1/studies/reverted/revert", "{\"by\":\"ann\",\"reason\":\"prices are wrong\"}")
                            .statusCode());
            awaitThat(() -> client.assign(explorer).number() == 0);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis < 1_000, "a revert took " + millis + " ms");
            // The service takes it over: the candidate fails, and nothing else is written.
            awaitThat(() -> fitness("reverted").size() == 1);
            askOnly("reverted", 2);
            awaitThat(() -> changes("reverted").contains(ArmsAction.REVERT));
            TimeUnit.SECONDS.sleep(2);
            List<Arms> arms = read(Topics.ARMS, "reverted", Arms.class);
            assertEquals(ArmsState.REVERTED, arms.get(arms.size() - 1).getState());
            assertEquals("ann", arms.get(arms.size() - 1).getBy());
            assertEquals(0, client.assign(explorer).number());
        }
    }

    private static void askOnly(String study, long number) throws Exception {
        Topic.send(kafka.bootstrapServers(), Topics.TRIALS, study, Specs.asked(study, number, 0.1));
    }

    private static String explorer(AfterLearner client) throws Exception {
        List<String> found = new ArrayList<>();
        awaitThat(() -> {
            for (int i = 0; i < 100 && found.isEmpty(); i++) {
                if (client.assign("user-" + i).number() == 1) {
                    found.add("user-" + i);
                }
            }
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private static List<ArmsAction> changes(String study) {
        return read(Topics.AUDIT, study, ArmsChange.class).stream()
                .map(ArmsChange::getAction)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | nonsense |",
                "400 | [] | empty",
                "400 | {} | token",
                "400 | {'token':'TOKEN'} | metric",
                "400 | {'token':'TOKEN','metric':'clicks','value':1} | [click, latency]",
                "400 | {'token':'TOKEN','metric':'click'} | value",
                "400 | {'token':'TOKEN','metric':'click','value':'NaN'} | value",
                "400 | {'token':'TOKEN','metric':'click','value':NaN} |",
                "400 | {'token':'TOKEN','metric':'click','value':1e999} | value",
                "400 | {'token':'TOKEN','metric':'click','value':1,'colour':'red'} | colour",
                "400 | {'token':'TOKEN','metric':'click','value':1,'id':''} | id",
                "400 | {'token':'TOKEN','metric':'click','value':1,'atMillis':1} | clock",
                "400 | {'token':'TOKEN','metric':'click','value':1,'atMillis':99999999999999} | clock",
                "400 | [{'token':'TOKEN','metric':'click'},{'token':'TOKEN'}] | [0]: value",
                "401 | {'token':'nonsense','metric':'click','value':1} | token",
                "401 | {'token':'FORGED','metric':'click','value':1} | forged",
                "409 | {'token':'TOKEN','metric':'click','value':1,'study':'another'} | another"
            })
    void aReportThatIsNoneGetsOneLineThatSaysWhatToDo(int status, String body, String named) throws Exception {
        if (service.get("/v1/studies/bad/champion").statusCode() != 200) {
            create("bad", 60_000, 1_000);
        }
        String token = assign("bad", "somebody").get("token").asText();
        String forged = (token.charAt(0) == 'B' ? 'C' : 'B') + token.substring(1);
        String sent = body.replace('\'', '"').replace("TOKEN", token).replace("FORGED", forged);
        String detail = assertProblem(status, service.post("/v1/feedback", sent));
        assertTrue(named == null || detail.contains(named), detail);
    }

    @Test
    void whoAsksForWhatIsNotThereOrTooMuchIsRefused() throws Exception {
        assertProblem(404, assigning("nobody", "user-1"));
        create("busy", 60_000, 1_000);
        assertProblem(400, service.post("/v1/studies/busy/assignments", "{}"));
        assertProblem(400, service.post("/v1/studies/busy/assignments", ""));
        assertProblem(400, assigning("busy", "x".repeat(300)));
        assertProblem(413, service.post("/v1/feedback", "[" + "{},".repeat(1_000) + "{}]"));
        assertProblem(413, service.post("/v1/feedback", "\"" + "x".repeat(1_500_000) + "\""));
        assertStopped(200, () -> assigning("busy", "flood"));
        JsonNode got = assign("busy", "reporter");
        ArrayNode flood = JSON.createArrayNode();
        for (int i = 0; i < 101; i++) {
            flood.add(report(got, "click", 1, "e" + i));
        }
        JsonNode answer =
                JSON.readTree(service.post("/v1/feedback", flood.toString()).body());
        assertEquals(100, answer.get("accepted").asInt(), answer.toString());
        JsonNode refused = answer.get("refused").get(0);
        assertEquals(100, refused.get("index").asInt());
        assertEquals(429, refused.get("status").asInt());
        JsonNode alone = assign("busy", "another");
        assertStopped(
                100,
                () -> service.post(
                        "/v1/feedback", report(alone, "click", 1, "x").toString()));
    }

    private interface Asking {
        HttpResponse<String> ask() throws Exception;
    }

    /** After so many times within ten seconds, though another ten may begin on the way. */
    private static void assertStopped(int most, Asking asking) throws Exception {
        HttpResponse<String> answer = asking.ask();
        int asked = 1;
        while (answer.statusCode() / 100 == 2 && asked <= 2 * most) {
            answer = asking.ask();
            asked++;
        }
        assertTrue(asked > most, "stopped after " + asked);
        assertProblem(429, answer);
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        create("brief", 60_000, 1_000);
        assertEquals(202, reporting(System.currentTimeMillis()).statusCode());
        assertProblem(409, reporting(System.currentTimeMillis() - 3_600_000));
    }

    /** The clock that this test turns is the token's: it is signed for an assignment at that time. */
    private static HttpResponse<String> reporting(long assignedAtMillis) throws Exception {
        Assignment assignment = new Assignment(
                "brief",
                "assignment-" + assignedAtMillis,
                "user-1",
                Arm.CONTROL,
                0,
                new double[0],
                assignedAtMillis,
                assignedAtMillis + 60_000);
        String token = new Tokens(List.of(ServiceProcess.SECRET)).sign(assignment);
        return service.post(
                "/v1/feedback",
                JSON.createObjectNode()
                        .put("token", token)
                        .put("metric", "click")
                        .put("value", 1)
                        .toString());
    }

    @Test
    void aPausedStudyExposesNobodyAndSaysWhatToServe() throws Exception {
        create("paused", 60_000, 1_000);
        Incumbent incumbent = new Incumbent(
                "paused",
                1L,
                1L,
                StudyStatus.PAUSED,
                null,
                0L,
                List.of(0.0),
                null,
                null,
                null,
                20L,
                0L,
                0L,
                0L,
                0L,
                new Ignored(0L, 0L, 0L),
                null,
                null);
        Topic.send(kafka.bootstrapServers(), Topics.INCUMBENTS, "paused", incumbent);
        awaitThat(() -> assigning("paused", "user-1").statusCode() == 409);
        assertProblem(409, assigning("paused", "user-1"));
        JsonNode champion = JSON.readTree(assigning("paused", "user-1").body()).get("champion");
        assertEquals(0, champion.get("candidate").asInt());
        assertEquals(1, champion.get("values").size());
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void awaitThat(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 30 s; the service said:\n" + service.said());
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
