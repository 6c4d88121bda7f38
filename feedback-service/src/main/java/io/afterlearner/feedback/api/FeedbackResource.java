package io.afterlearner.feedback.api;

import io.afterlearner.feedback.shell.Desk;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.http.Problem;
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

    /**
     * What became of the reports.
     *
     * @param accepted how many the broker has
     * @param refused those it does not have, and why
     */
    public record Accepted(int accepted, List<Refused> refused) {}

    /**
     * A report that was not taken.
     *
     * @param index its place in the array, from 0
     * @param status what it would have been answered alone
     * @param detail one line: what is wrong and how to fix it
     */
    public record Refused(int index, int status, String detail) {}

    private final Reports reports;
    private final Desk desk;
    private final OnlineStudies studies;

    FeedbackResource(Reports reports, Desk desk, OnlineStudies studies) {
        this.reports = reports;
        this.desk = desk;
        this.studies = studies;
    }

    @POST
    @Operation(
            summary = "Reports what came of an assignment: one report, or an array of up to 1,000",
            description = "Where none of an array can be taken, the answer is the first one's problem")
    @APIResponse(
            responseCode = "202",
            description = "accepted: the broker has them, but for those that are named as refused")
    @APIResponse(responseCode = "400", description = "a field is missing or wrong")
    @APIResponse(responseCode = "401", description = "the token is forged")
    @APIResponse(responseCode = "409", description = "the token is expired, or of another study")
    @APIResponse(responseCode = "413", description = "too many at once")
    @APIResponse(responseCode = "429", description = "too many of one assignment")
    @APIResponse(responseCode = "503", description = "Kafka did not take them in time: send them again, with ids")
    public CompletionStage<Response> report(@Nullable List<ReportJson> batch) {
        studies.require();
        if (batch == null || batch.isEmpty()) {
            throw Problem.exception(400, "the body is empty: send a report, or an array of them");
        }
        if (batch.size() > MOST_REPORTS) {
            throw Problem.exception(
                    413, batch.size() + " reports are too many: send at most " + MOST_REPORTS + " at once");
        }
        long now = System.currentTimeMillis();
        List<Feedback> checked = new ArrayList<>(batch.size());
        List<Refused> refused = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            try {
                checked.add(reports.checked(batch.get(i), now));
            } catch (RejectedReportException e) {
                refused.add(new Refused(i, e.status(), String.valueOf(e.getMessage())));
            }
        }
        if (checked.isEmpty()) {
            Refused first = refused.get(0);
            throw Problem.exception(first.status(), (batch.size() == 1 ? "" : "[0]: ") + first.detail());
        }
        return KafkaAnswer.of(
                desk.report(checked),
                new Accepted(checked.size(), refused),
                "; reports that you send again with the same ids count once");
    }
}
