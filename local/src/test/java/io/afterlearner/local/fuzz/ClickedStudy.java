package io.afterlearner.local.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.local.Patience;
import io.afterlearner.local.Standing;
import io.afterlearner.local.fuzz.FuzzedServices.Service;
import io.afterlearner.schemas.StudySpec;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A valid online study whose units come one after the other; each clicks once, and reports that twice. */
final class ClickedStudy {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FuzzedServices services;
    private final String study;
    private volatile int accepted;
    private volatile boolean over;

    /** Creates it and waits until it is served. */
    ClickedStudy(FuzzedServices services, StudySpec spec, String study) throws Exception {
        this.services = services;
        this.study = study;
        String body = StudySpec.newBuilder(spec).setStudy(study).build().toString();
        HttpResponse<String> created = services.http(Service.OPTIMIZER).post("/v1/studies", body);
        assertEquals(201, created.statusCode(), created.body());
        Patience patience = Patience.with("study " + study);
        while (feedback().get("/v1/studies/" + study + "/champion").statusCode() != 200) {
            patience.waitOrFail("is not served");
        }
    }

    String study() {
        return study;
    }

    /** Units come until {@link #end}. */
    CompletableFuture<Void> runOn() {
        return CompletableFuture.runAsync(() -> {
            try {
                int counted = 0;
                for (int unit = 0; !over; unit++) {
                    counted += click("unit-" + unit) ? 1 : 0;
                    accepted = counted;
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    void end() {
        over = true;
    }

    /** @return whether the unit counts: one of an empty slot is served outside of the comparison */
    private boolean click(String unit) throws Exception {
        JsonNode assigned = assigned(unit);
        String click =
                "{\"token\":\"" + assigned.get("token").asText() + "\",\"metric\":\"click\",\"value\":1,\"id\":\"1\"}";
        post("/v1/feedback", click, 202);
        post("/v1/feedback", click, 202);
        return !assigned.get("arm").asText().equals("UNCOUNTED");
    }

    /** The token of a new assignment. */
    String token(String unit) throws Exception {
        return assigned(unit).get("token").asText();
    }

    private JsonNode assigned(String unit) throws Exception {
        return post("/v1/studies/" + study + "/assignments", "{\"unit\":\"" + unit + "\"}", 200);
    }

    /** Every accepted click counted, once. Returns their number. */
    int assertAllCounted() throws Exception {
        Patience patience = Patience.with("study " + study);
        JsonNode standing = standing();
        while (Standing.exposures(standing) < accepted) {
            patience.waitOrFail("counts " + Standing.exposures(standing) + " of " + accepted + " clicks: " + standing);
            standing = standing();
        }
        assertEquals(accepted, Standing.exposures(standing), standing.toString());
        for (String arm : List.of("champion", "control")) {
            assertEquals(1, standing.at("/" + arm + "/level").asDouble(), 1e-9, arm + " of " + standing);
        }
        return accepted;
    }

    private JsonNode standing() throws Exception {
        return JSON.readTree(
                feedback().get("/v1/studies/" + study + "/standing").body());
    }

    private JsonNode post(String path, String body, int status) throws Exception {
        HttpResponse<String> answer = feedback().post(path, body);
        assertEquals(status, answer.statusCode(), () -> path + " " + body + ": " + answer.body());
        return JSON.readTree(answer.body());
    }

    private ServiceProcess feedback() {
        return services.http(Service.FEEDBACK);
    }
}
