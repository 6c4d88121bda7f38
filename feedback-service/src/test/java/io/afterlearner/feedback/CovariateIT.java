package io.afterlearner.feedback;

import static io.afterlearner.feedback.TestedService.JSON;
import static io.afterlearner.feedback.TestedService.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.Covariate;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.Unit;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Users who return, and whose values are adjusted by what they did before. */
class CovariateIT extends ServiceFixture {
    /** All visits are within the hour that the broker lets the clock be ahead. */
    private static final Duration WINDOW = Duration.ofMinutes(4);

    private static final int USERS = 300;
    /** Values of a user until it has a past. */
    private static final int PAST = 3;

    /** Each user spends as much as before, and 0.5 more with a candidate. Among users, this varies from 0 to 8. */
    private static void visit(int round) throws Exception {
        ObjectNode units = JSON.createObjectNode();
        for (int i = 0; i < USERS; i++) {
            units.withArray("units").add("user-" + i);
        }
        HttpResponse<String> drawn = service.http().post("/v1/studies/past/assignments/batch", units.toString());
        JsonNode assignments = JSON.readTree(drawn.body()).path("assignments");
        assertEquals(USERS, assignments.size(), drawn.body());
        ArrayNode reports = JSON.createArrayNode();
        for (int i = 0; i < USERS; i++) {
            JsonNode got = assignments.get(i);
            double spent = i % 9 + (got.get("candidate").asLong() > 0 ? 0.5 : 0);
            reports.add(report(got, "spent", spent, "order-" + round + "-" + i));
        }
        HttpResponse<String> answer = service.http().post("/v1/feedback", reports.toString());
        assertEquals("{\"accepted\":" + USERS + ",\"refused\":[]}", answer.body());
        service.closeWindows(WINDOW);
    }

    private static List<ArmsChange> calibrated() {
        return service.read(Topics.AUDIT, "past", ArmsChange.class).stream()
                .filter(change -> change.getAction() == ArmsAction.CALIBRATED)
                .toList();
    }

    private static List<Fitness> told() {
        return service.read(Topics.FITNESS, "past", Fitness.class);
    }

    @Test
    void aCandidateIsComparedByWhatItsUsersDidMoreThanBefore() throws Exception {
        OnlineSpec online = Specs.online(WINDOW.toMillis(), 30, 0, List.of());
        online.put("unit", Unit.USER);
        // Until a candidate is explored, the units of its share have no value.
        online.put("exploreShare", 0.3);
        online.put("controlShare", 0.5);
        online.put(
                "metric",
                new Metric("spent", Aggregate.MEAN, Goal.MAXIMIZE, 0.0, 10.0, null, null, 1.0, null, Covariate.PAST));
        online.put("guardrails", List.of());
        service.create("past", online);
        service.send(Topics.TRIALS, "past", Specs.asked("past", 1, 0.5));
        int round = 0;
        for (; round < PAST || calibrated().isEmpty(); round++) {
            assertTrue(round < 3 * PAST, "all users have a past, and nothing is adjusted");
            visit(round);
        }
        assertTrue(round > PAST, "adjusted before a user had a past");
        String reason = calibrated().get(0).getReason();
        assertTrue(reason.startsWith("values of spent are adjusted from now on by what their unit did before"), reason);
        service.awaitThat(
                () -> service.http().get("/v1/studies/past/arms").body().contains("\"number\":1,"));

        visit(round);
        service.awaitThat(() -> told().size() == 1);
        Measured measured = (Measured) told().get(0).getOutcome();
        assertEquals(-0.5, measured.getLoss(), 0.3, "the users of an arm spent more or less before by chance");
        // Without the past it is about 0.45.
        assertTrue(measured.getStandardError() < 0.2, measured.toString());
    }
}
