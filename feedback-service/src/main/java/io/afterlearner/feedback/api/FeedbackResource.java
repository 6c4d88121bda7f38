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
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Takes the reports of users and production over HTTP. */
@Path("/v1/feedback")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "feedback")
public class FeedbackResource {
    /** Maximum number of reports per request. */
    static final int MAX_REPORTS = 1_000;

    /**
     * One reported value.
     *
     * @param token as it came with the assignment
     * @param metric one of the study's metrics
     * @param value finite
     * @param id of the event, at most 64 characters: the same id counts once; without it, each report is an event
     * @param atMillis when it happened, epoch milliseconds; default: now
     * @param study if given, the token must belong to it
     */
    public record ReportJson(
            @Nullable String token,
            @Nullable String metric,
            @Nullable Double value,
            @Nullable String id,
            @Nullable Long atMillis,
            @Nullable String study) {}

    /**
     * What happened to the reports.
     *
     * @param accepted number of reports that the broker has
     * @param refused the other reports
     */
    public record Accepted(int accepted, List<Refused> refused) {}

    /**
     * A report that was rejected.
     *
     * @param index its index in the array, from 0
     * @param status HTTP status that it would have had alone
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
            summary = "Reports outcomes of assignments: one report, or an array of up to 1,000",
            description = "If every report of an array is rejected, the answer is the problem of the first")
    @APIResponse(responseCode = "202", description = "the broker has the reports, except those listed in refused")
    @APIResponse(responseCode = "400", description = "a field is missing or wrong")
    @APIResponse(responseCode = "401", description = "the token is malformed or forged")
    @APIResponse(responseCode = "404", description = "the study no longer exists")
    @APIResponse(responseCode = "409", description = "the token is expired, or belongs to another study")
    @APIResponse(responseCode = "413", description = "too many reports in one request")
    @APIResponse(responseCode = "429", description = "too many reports of one assignment")
    @APIResponse(responseCode = "503", description = "Kafka did not answer in time; send the reports again, with ids")
    public CompletionStage<Response> report(@Nullable List<ReportJson> batch) {
        studies.require();
        if (batch == null || batch.isEmpty()) {
            throw Problem.exception(400, "the body is empty; send a report, or an array of reports");
        }
        if (batch.size() > MAX_REPORTS) {
            throw Problem.exception(
                    413, batch.size() + " reports in one request; send at most " + MAX_REPORTS + " per request");
        }
        long now = System.currentTimeMillis();
        List<Feedback> checked = new ArrayList<>(batch.size());
        List<Refused> refused = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            try {
                checked.add(reports.checked(batch.get(i), now));
            } catch (WebApplicationException e) {
                refused.add(new Refused(i, e.getResponse().getStatus(), String.valueOf(e.getMessage())));
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
