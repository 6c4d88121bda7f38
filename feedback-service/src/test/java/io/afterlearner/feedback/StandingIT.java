package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.embedded.ServiceProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every instance answers with the standing of a study, also while no instance judges it. */
@Timeout(600)
class StandingIT {
    private static final Duration WINDOW = Duration.ofMinutes(20);
    private static final int UNITS = 40;

    @TempDir
    private static Path directory;

    private static TestedService service;
    private static ServiceProcess second;

    @BeforeAll
    static void start() throws Exception {
        service = new TestedService(directory);
        second = service.startInstance("two").awaitReady();
    }

    @AfterAll
    static void stop() {
        second.close();
        service.close();
    }

    /** Empty while it answers 503, which says how long to wait and why. */
    private static JsonNode standing(ServiceProcess instance) throws Exception {
        HttpResponse<String> answer = instance.get("/v1/studies/s/standing");
        if (answer.statusCode() == 503) {
            assertEquals("1", answer.headers().firstValue("Retry-After").orElse("none"), answer.body());
            TestedService.assertProblem(503, answer);
        } else {
            assertEquals(200, answer.statusCode(), answer.body());
        }
        return TestedService.JSON.readTree(answer.body());
    }

    private static long revision(JsonNode standing) {
        return standing.path("revision").asLong(-1);
    }

    private static long asOf(JsonNode standing) {
        return standing.get("asOfMillis").asLong();
    }

    private static long exposures(JsonNode standing) {
        return standing.path("explored").asLong()
                + standing.at("/champion/exposures").asLong()
                + standing.at("/control/exposures").asLong();
    }

    private static boolean judges(ServiceProcess instance) throws Exception {
        return instance.get("/q/metrics").body().contains("afterlearner_feedback_judged_studies 1.0");
    }

    @Test
    void bothAnswerTheSameAndOneGoesOnWhenTheOneThatJudgesIsKilled() throws Exception {
        service.create("s", WINDOW.toMillis(), 1_000);
        service.ask("s", 1, 0.5);
        int counted = 0;
        for (int i = 0; i < UNITS; i++) {
            counted += isCounted(service.assign("s", "user-" + i)) ? 1 : 0;
        }
        int exposed = counted;
        service.closeWindows(WINDOW);
        service.awaitThat(() -> exposures(standing(service.http())) == exposed);
        service.awaitThat(() -> judges(service.http()) != judges(second));
        // Neither has written a newer one between the two answers.
        service.awaitThat(() -> {
            JsonNode one = standing(service.http());
            return one.equals(standing(second)) && one.equals(standing(service.http()));
        });

        boolean isFirst = judges(service.http());
        ServiceProcess killed = isFirst ? service.http() : second;
        ServiceProcess other = isFirst ? second : service.http();
        JsonNode before = standing(killed);
        killed.kill();

        JsonNode alone = newer(other, before);
        JsonNode latest = alone;
        while (!judges(other)) {
            assertEquals(exposed, exposures(latest), latest.toString());
            latest = newer(other, latest);
        }
        JsonNode last = latest;
        service.awaitThat(() -> revision(standing(other)) > revision(last));
        JsonNode later = newer(other, last);
        assertEquals(exposed, exposures(later), later.toString());
        assertTrue(asOf(later) > asOf(alone), alone + " then " + later);

        assignOne(other);
        service.closeWindows(WINDOW);
        service.awaitThat(() -> exposures(newer(other, later)) == exposed + 1);
        try (ServiceProcess again =
                service.startInstance(isFirst ? "one" : "two").awaitReady()) {
            service.awaitThat(() -> exposures(standing(again)) == exposed + 1);
        }
    }

    /** A unit of an empty slot does not count. */
    private static boolean isCounted(JsonNode assignment) {
        return !assignment.get("arm").asText().equals("UNCOUNTED");
    }

    /** What the instance answers now, which is never older than what it answered before. */
    private static JsonNode newer(ServiceProcess instance, JsonNode before) throws Exception {
        JsonNode now = standing(instance);
        assertTrue(revision(now) >= revision(before), () -> before + " then " + now);
        return now;
    }

    /** Assigns units until one counts. */
    private static void assignOne(ServiceProcess instance) throws Exception {
        JsonNode assigned;
        int unit = 0;
        do {
            String body = "{\"unit\":\"later-" + unit++ + "\"}";
            assigned = TestedService.JSON.readTree(
                    instance.post("/v1/studies/s/assignments", body).body());
        } while (!isCounted(assigned));
    }
}
