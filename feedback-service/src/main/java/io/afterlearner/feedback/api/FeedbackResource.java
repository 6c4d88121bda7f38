package io.afterlearner.feedback.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.access.Roles;
import io.afterlearner.feedback.shell.Desk;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.http.Problem;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Takes the reports of users and production over HTTP. */
@Path("/v1/feedback")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@NonBlocking
@RolesAllowed(Roles.APPLICATION)
@Tag(name = "feedback")
public class FeedbackResource {
    /** Maximum number of reports per request. */
    static final int MAX_REPORTS = 1_000;

    /**
     * One reported value, or that a unit met what it was assigned.
     *
     * @param token as it came with the assignment
     * @param metric one of the study's metrics
     * @param value finite
     * @param id of the event, at most 64 characters: the same id counts once per metric; without it, each report is an
     *     event
     * @param atMillis when it happened, epoch milliseconds; default: now
     * @param study if given, the token must belong to it
     * @param exposed true: the unit met what it was assigned with {@code "exposed": false}. Such a report has no metric, value and
     *     id; any number of them count once
     */
    public record ReportJson(
            @Nullable String token,
            @Nullable String metric,
            @Nullable Double value,
            @Nullable String id,
            @Nullable Long atMillis,
            @Nullable String study,
            @Nullable Boolean exposed) {}

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
     * @param field path of the field that is wrong; null if the whole report is
     * @param detail one line: what is wrong and how to fix it
     */
    public record Refused(int index, int status, @Nullable String field, String detail) {}

    /** A problem, if no report was accepted. */
    record NoneAccepted(String type, String title, int status, String detail, List<Refused> refused) {}

    private final Reports reports;
    private final Desk desk;
    private final OnlineStudies studies;

    FeedbackResource(Reports reports, Desk desk, OnlineStudies studies) {
        this.reports = reports;
        this.desk = desk;
        this.studies = studies;
    }

    /** Runs on a worker thread: checking a thousand reports would block the event loop for too long. */
    @POST
    @Blocking
    @Operation(
            summary = "Reports outcomes of assignments: one report, or an array of up to 1,000",
            description =
                    "Each report of an array is accepted or rejected by itself. refused lists the rejected ones: index"
                            + " in the array, status, field and reason. If all are rejected, the response is the"
                            + " problem of the first one, with refused")
    @APIResponse(
            responseCode = "202",
            description = "the broker has the reports, except those listed in refused",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "400", description = "the body is not JSON, or a field is missing or wrong")
    @APIResponse(responseCode = "401", description = "the token is malformed or forged")
    @APIResponse(responseCode = "404", description = "the study no longer exists")
    @APIResponse(responseCode = "409", description = "the token is expired, or belongs to another study")
    @APIResponse(
            responseCode = "413",
            description = "too many reports in one request, or one is larger than its topic allows")
    @APIResponse(
            responseCode = "429",
            description =
                    "too many reports of one assignment, or requests of one client; Retry-After says how long to wait")
    @APIResponse(responseCode = "503", description = "Kafka did not answer in time; send the reports again, with ids")
    public CompletionStage<Response> report(
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(oneOf = {ReportJson.class, ReportJson[].class})))
                    @Nullable
                    JsonNode body) {
        studies.require();
        List<JsonNode> batch = batch(body);
        if (batch.isEmpty()) {
            throw Problem.exception(400, "the body is empty; send a report, or an array of reports");
        }
        if (batch.size() > MAX_REPORTS) {
            throw Problem.exception(
                    413, batch.size() + " reports in one request; send at most " + MAX_REPORTS + " per request");
        }
        return taken(batch, System.currentTimeMillis());
    }

    private static List<JsonNode> batch(@Nullable JsonNode body) {
        if (body == null || body.isMissingNode()) {
            return List.of();
        }
        List<JsonNode> reports = new ArrayList<>();
        if (body.isArray()) {
            body.forEach(reports::add);
        } else {
            reports.add(body);
        }
        return reports;
    }

    private CompletionStage<Response> taken(List<JsonNode> batch, long now) {
        List<Desk.Draft> checked = new ArrayList<>(batch.size());
        List<Refused> refused = new ArrayList<>();
        int wait = 0;
        for (int i = 0; i < batch.size(); i++) {
            try {
                checked.add(reports.checked(batch.get(i), now));
            } catch (RejectedReport e) {
                refused.add(e.at(i));
                wait = Math.max(wait, e.retryAfterSeconds());
            }
        }
        if (checked.isEmpty()) {
            return CompletableFuture.completedStage(noneAccepted(refused, wait));
        }
        return KafkaAnswer.of(
                desk.send(checked),
                new Accepted(checked.size(), refused),
                "; send the reports again: those with the same ids, and exposures, count once");
    }

    private static Response noneAccepted(List<Refused> refused, int retryAfterSeconds) {
        Refused first = refused.get(0);
        String title = Response.Status.fromStatusCode(first.status()).getReasonPhrase();
        String detail = (refused.size() == 1 ? "" : "[0]: ") + first.detail();
        Response.ResponseBuilder answer = Response.status(first.status())
                .type(Problem.MEDIA_TYPE)
                .entity(new NoneAccepted("about:blank", title, first.status(), detail, refused));
        return retryAfterSeconds == 0
                ? answer.build()
                : answer.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds).build();
    }
}
