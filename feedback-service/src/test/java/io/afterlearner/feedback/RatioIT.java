package io.afterlearner.feedback;

import static io.afterlearner.feedback.TestedService.JSON;
import static io.afterlearner.feedback.TestedService.assertProblem;
import static io.afterlearner.feedback.TestedService.report;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Topics;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Revenue per session, reported over HTTP. */
class RatioIT extends ServiceFixture {
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private static List<Fitness> told() {
        return service.read(Topics.FITNESS, "ratio", Fitness.class);
    }

    /** Users have 1 to 4 sessions; what the candidate's spend per session is twice what the others' do. */
    @Test
    void aRatioIsOfTheSumsOfUnits() throws Exception {
        OnlineSpec online = Specs.online(WINDOW.toMillis(), 30, 0, List.of());
        online.put("metric", Specs.revenuePerSession());
        online.put("guardrails", List.of());
        service.create("ratio", online);
        service.ask("ratio", 1, 0.5);
        ArrayNode reports = JSON.createArrayNode();
        JsonNode got = service.assign("ratio", "user-0");
        for (int i = 0; i < 300; i++) {
            got = service.assign("ratio", "user-" + i);
            int sessions = 1 + i % 4;
            double each = got.get("candidate").asLong() == 1 ? 6 : 3;
            reports.add(report(got, "sessions", sessions, "visit-" + i));
            reports.add(report(got, "revenue", each * sessions - 1, "order-" + i));
            reports.add(report(got, "revenue", 1, "other-" + i));
        }
        HttpResponse<String> answer = service.http().post("/v1/feedback", reports.toString());
        assertEquals("{\"accepted\":900,\"refused\":[]}", answer.body());
        String negative = assertProblem(
                400,
                service.http()
                        .post("/v1/feedback", report(got, "sessions", -1, "x").toString()));
        assertEquals("value is -1.0, but sessions is what a ratio is divided by; send 0 or more", negative);
        service.closeWindows(WINDOW);

        service.awaitThat(() -> told().size() == 1);
        Measured measured = (Measured) told().get(0).getOutcome();
        assertEquals(3 - 6, measured.getLoss(), 1e-9, "each unit's own ratio is the same");
    }
}
