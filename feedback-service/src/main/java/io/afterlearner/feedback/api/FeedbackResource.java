package io.afterlearner.feedback.api;

import io.afterlearner.feedback.shell.Desk;
import io.afterlearner.schemas.Feedback;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What users and production report, over HTTP. */
@Path("/v1/feedback")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "feedback")
public class FeedbackResource {
    /** Most reports in one request. */
    static final int MOST_REPORTS = 1_000;

    /** How many the broker has. */
    public record Accepted(int accepted) {}

    private final Reports reports;
    private final Desk desk;
    private final Ready ready;

    FeedbackResource(Reports reports, Desk desk, Ready ready) {
        this.reports = reports;
        this.desk = desk;
        this.ready = ready;
    }

    @POST
    @Operation(summary = "Reports what came of an assignment: one report, or an array of up to 1,000")
    @APIResponse(responseCode = "202", description = "accepted: the broker has them")
    @APIResponse(responseCode = "400", description = "a field is missing or wrong; none of the reports was taken")
    @APIResponse(responseCode = "401", description = "a token is forged; none was taken")
    @APIResponse(responseCode = "409", description = "a token is expired, or of another study; none was taken")
    @APIResponse(responseCode = "413", description = "too many at once")
    @APIResponse(responseCode = "429", description = "too many of one assignment")
    @APIResponse(responseCode = "503", description = "Kafka did not take them in time: send them again, with ids")
    public CompletionStage<Response> report(@Nullable List<@Nullable ReportJson> batch) {
        ready.require();
        if (batch == null || batch.isEmpty()) {
            throw Problem.exception(400, "the body is empty: send a report, or an array of them");
        }
        if (batch.size() > MOST_REPORTS) {
            throw Problem.exception(
                    413, batch.size() + " reports are too many: send at most " + MOST_REPORTS + " at once");
        }
        long now = System.currentTimeMillis();
        List<Feedback> checked = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            checked.add(checked(batch, i, now));
        }
        return desk.report(checked)
                .thenApply(
                        all -> Response.accepted(new Accepted(checked.size())).build());
    }

    private Feedback checked(List<@Nullable ReportJson> batch, int place, long now) {
        String where = batch.size() == 1 ? "" : "[" + place + "]: ";
        ReportJson report = batch.get(place);
        if (report == null) {
            throw Problem.exception(400, where + "there is no report");
        }
        return reports.checked(report, where, now);
    }
}
