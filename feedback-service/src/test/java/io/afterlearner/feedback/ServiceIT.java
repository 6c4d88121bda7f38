package io.afterlearner.feedback;

import static io.afterlearner.feedback.TestedService.JSON;
import static io.afterlearner.feedback.TestedService.assertProblem;
import static io.afterlearner.feedback.TestedService.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.client.AfterLearner;
import io.afterlearner.client.Keys;
import io.afterlearner.embedded.ServiceProcess;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A study from the first assignment to the fitness, its revert and its pause. */
class ServiceIT extends ServiceFixture {
    private static final long SEED = 17;
    private static final Duration SHOP_WINDOW = Duration.ofMinutes(10);

    @Test
    void reportsOfUsersBecomeTheFitnessOfTheirCandidate() throws Exception {
        service.create("shop", SHOP_WINDOW.toMillis(), 60);
        service.ask("shop", 0, 0.0);
        service.ask("shop", 1, 0.5);
        Random random = new Random(SEED);
        System.out.println("seed " + SEED);
        ArrayNode reports = JSON.createArrayNode();
        int met = 0;
        int clicked = 0;
        for (int i = 0; i < 500; i++) {
            JsonNode got = service.assign("shop", "user-" + i);
            boolean isCandidate = got.get("candidate").asLong() == 1;
            boolean click = random.nextDouble() < (isCandidate ? 0.8 : 0.2);
            met += isCandidate ? 1 : 0;
            clicked += isCandidate && click ? 1 : 0;
            if (click) {
                ObjectNode report = report(got, "click", 1, "click-" + i);
                // The same event twice counts once; a second click is not a second exposure.
                reports.add(report).add(report).add(report(got, "click", 1, "again-" + i));
            }
            reports.add(report(got, "latency", 100 + random.nextInt(20), "latency-" + i));
        }
        for (int from = 0; from < reports.size(); from += 1_000) {
            ArrayNode batch = JSON.createArrayNode();
            for (int i = from; i < Math.min(reports.size(), from + 1_000); i++) {
                batch.add(reports.get(i));
            }
            HttpResponse<String> answer = service.http().post("/v1/feedback", batch.toString());
            assertEquals(202, answer.statusCode(), answer.body());
            assertEquals(
                    batch.size(), JSON.readTree(answer.body()).get("accepted").asInt());
        }
        service.closeWindows(SHOP_WINDOW);
        service.awaitThat(() -> fitness("shop").size() == 2);
        Fitness told = fitness("shop").stream()
                .filter(f -> f.getNumber() == 1)
                .findFirst()
                .orElseThrow();
        Measured measured = (Measured) told.getOutcome();
        assertTrue(met >= 60, met + " met it");
        // It may be told at 60 exposures. The tolerance is four standard errors; no gain and a doubled gain are further
        // off.
        assertEquals(0.2 - (double) clicked / met, measured.getLoss(), 0.3);
        assertTrue(measured.getStandardError() > 0.01 && measured.getStandardError() < 0.15, told.toString());
        String metrics = service.http().get("/q/metrics").body();
        assertTrue(
                metrics.matches("(?s).*afterlearner_feedback_reports_total\\{fate=\"duplicate\"[^}]*\\} [1-9].*"),
                metrics);
    }

    private static List<Fitness> fitness(String study) {
        return service.read(Topics.FITNESS, study, Fitness.class);
    }

    @Test
    void aUnitGetsTheSameAssignmentFromEachInstanceAndFromTheClient() throws Exception {
        service.create("sticky", 3_600_000, 1_000);
        service.ask("sticky", 0, 0.0);
        service.ask("sticky", 1, 0.5);
        try (ServiceProcess second = service.startInstance("two");
                AfterLearner client = AfterLearner.connect(
                        "sticky",
                        new double[] {0},
                        Map.of("bootstrap.servers", service.bootstrapServers()),
                        Keys.of(ServiceProcess.SECRET, ServiceProcess.UNIT_KEY))) {
            second.awaitReady();
            service.awaitThat(client::isConnected);
            for (int i = 0; i < 200; i++) {
                JsonNode here = service.assign("sticky", "user-" + i);
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
            String arms = service.http().get("/v1/studies/sticky/arms").body();
            assertFalse(arms.contains("salt"), arms);
            String token = service.assign("sticky", "user-1").get("token").asText();
            String report = "{\"token\":\"" + token + "\",\"metric\":\"click\",\"value\":1}";
            assertEquals(202, second.post("/v1/feedback", report).statusCode());
        }
    }

    @Test
    void aRevertReachesEachClientAndStaysUntilAPersonResumes() throws Exception {
        service.create("reverted", 3_600_000, 1_000);
        service.ask("reverted", 1, 0.5);
        try (AfterLearner client = AfterLearner.connect(
                "reverted",
                new double[] {0},
                Map.of("bootstrap.servers", service.bootstrapServers()),
                Keys.of(ServiceProcess.SECRET, ServiceProcess.UNIT_KEY))) {
            service.awaitThat(client::isConnected);
            String explorer = explorer(client);
            assertEquals(
                    202,
                    service.http()
                            .post("/v1/studies/reverted/revert", "{\"by\":\"ann\",\"reason\":\"prices are wrong\"}")
                            .statusCode());
            service.awaitThat(() -> client.assign(explorer).number() == 0);
            // The service records the revert: the candidate fails, and no other arms are written.
            service.awaitThat(() -> fitness("reverted").size() == 1);
            askOnly("reverted", 2);
            service.awaitThat(() -> changes("reverted").contains(ArmsAction.REVERT));
            TimeUnit.SECONDS.sleep(2);
            List<Arms> arms = service.read(Topics.ARMS, "reverted", Arms.class);
            assertEquals(ArmsState.REVERTED, arms.get(arms.size() - 1).getState());
            assertEquals("ann", arms.get(arms.size() - 1).getBy());
            assertEquals(0, client.assign(explorer).number());
        }
    }

    private static void askOnly(String study, long number) throws Exception {
        service.send(Topics.TRIALS, study, Specs.asked(study, number, 0.1));
    }

    private static String explorer(AfterLearner client) throws Exception {
        List<String> found = new ArrayList<>();
        service.awaitThat(() -> {
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
        return service.read(Topics.AUDIT, study, ArmsChange.class).stream()
                .map(ArmsChange::getAction)
                .toList();
    }

    /** A page that is prepared for a unit may never be shown to it. */
    @Test
    void anAssignmentThatWasNotUsedDoesNotCount() throws Exception {
        service.create("unused", SHOP_WINDOW.toMillis(), 1_000);
        ArrayNode units = JSON.createArrayNode();
        for (int i = 0; i < 200; i++) {
            units.add("user-" + i);
        }
        JsonNode assigned =
                prepare("/batch", JSON.createObjectNode().set("units", units)).get("assignments");
        ArrayNode reports = JSON.createArrayNode();
        int used = 0;
        for (int i = 0; i < assigned.size(); i += 2) {
            ObjectNode exposed = JSON.createObjectNode()
                    .put("token", assigned.get(i).get("token").asText())
                    .put("exposed", true);
            // Sent twice, and followed by a value, it counts once.
            reports.add(exposed).add(exposed);
            if (i % 3 == 0) {
                reports.add(report(assigned.get(i), "click", 1, "e"));
            }
            used += isCounted(assigned.get(i));
        }
        JsonNode alone = prepare("", JSON.createObjectNode().put("unit", "alone"));
        // A value says that the unit was exposed, too.
        reports.add(report(alone, "click", 1, "e"));
        used += isCounted(alone);
        HttpResponse<String> answer = service.http().post("/v1/feedback", reports.toString());
        assertEquals("{\"accepted\":" + reports.size() + ",\"refused\":[]}", answer.body());

        // The one that comes last is exposed at once, as ever.
        used += isCounted(service.assign("unused", "user-1"));
        service.closeWindows(SHOP_WINDOW);

        assertTrue(used > 20, used + " count");
        String counted = "afterlearner_feedback_exposures_total{pool=\"online\",study=\"unused\"} " + used + ".0";
        service.awaitThat(() -> service.http().get("/q/metrics").body().contains(counted));
    }

    private static int isCounted(JsonNode assignment) {
        return assignment.get("arm").asText().equals("UNCOUNTED") ? 0 : 1;
    }

    /** Assigns without saying that the units will meet what they are assigned. */
    private static JsonNode prepare(String path, ObjectNode whom) throws Exception {
        String body = whom.put("exposed", false).toString();
        HttpResponse<String> answer = service.http().post("/v1/studies/unused/assignments" + path, body);
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    @Test
    void aDeletedStudyAssignsNothing() throws Exception {
        service.create("deleted", 3_600_000, 1_000);
        assertEquals(200, service.assigning("deleted", "u").statusCode());
        assertTrue(champions().contains("{\"study\":\"deleted\","), champions());
        Topic.delete(service.bootstrapServers(), Topics.STUDIES, "deleted");
        service.awaitThat(() -> service.assigning("deleted", "u").statusCode() == 404);
        assertEquals(404, service.http().get("/v1/studies/deleted/champion").statusCode());
        assertFalse(champions().contains("\"deleted\""));
    }

    private static String champions() throws Exception {
        return service.http().get("/v1/champions").body();
    }

    @Test
    void aPausedStudyAssignsNothingAndAnswersWithTheChampion() throws Exception {
        service.create("paused", 3_600_000, 1_000);
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
                null,
                null,
                0L,
                0L);
        service.send(Topics.INCUMBENTS, "paused", incumbent);
        service.awaitThat(() -> service.assigning("paused", "user-1").statusCode() == 409);
        assertProblem(409, service.assigning("paused", "user-1"));
        JsonNode champion =
                JSON.readTree(service.assigning("paused", "user-1").body()).get("champion");
        assertEquals(0, champion.get("candidate").asInt());
        assertEquals(1, champion.get("values").size());
    }
}
