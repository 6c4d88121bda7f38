package io.afterlearner.feedback.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.afterlearner.access.Roles;
import io.afterlearner.client.Assignment;
import io.afterlearner.client.Served;
import io.afterlearner.client.Tokens;
import io.afterlearner.client.UnitKeys;
import io.afterlearner.feedback.shell.Desk;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.http.Callers;
import io.afterlearner.http.Problem;
import io.afterlearner.schemas.Arms;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Assigns arms to units. Every instance gives the same answer, for every study. */
@Path("/v1/studies/{study}/assignments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@NonBlocking
@RolesAllowed(Roles.APPLICATION)
@Tag(name = "assignments")
public class AssignmentsResource {

    /**
     * Whom to assign.
     *
     * @param unit the user, session or request to assign, depending on the study
     * @param exposed false if it is not known yet whether the unit will meet what it is assigned: it then counts only once that, or a
     *     value, is reported with the token; default: true
     */
    public record AssignmentRequest(
            @Nullable String unit,

            @JsonDeserialize(using = NeverNull.class) @Nullable
            Boolean exposed) {}

    /**
     * What to serve to a unit.
     *
     * @param values ℵ, in the order of the study's aleph
     * @param token proof of the assignment; send it back with each report
     * @param expiresAtMillis end of the attribution window, epoch milliseconds
     */
    public record AssignmentJson(
            String study,
            String assignment,
            String unit,
            String arm,
            long candidate,
            double[] values,
            String token,
            long assignedAtMillis,
            long expiresAtMillis) {}

    /**
     * Whom to assign.
     *
     * @param units at most 1,000
     * @param exposed for all of them, as for a single unit
     */
    public record BatchRequest(
            @Nullable List<String> units,

            @JsonDeserialize(using = NeverNull.class) @Nullable
            Boolean exposed) {}

    /**
     * A unit that was not assigned.
     *
     * @param index in the request's units, from 0
     * @param status HTTP status that it would have had alone
     * @param detail one line: what is wrong and how to fix it
     */
    public record RefusedUnit(int index, int status, String detail) {}

    /** @param assignments in the order of the units; null for one that was refused */
    public record Batch(List<@Nullable AssignmentJson> assignments, List<RefusedUnit> refused) {}

    /** A problem, if no unit was assigned. */
    record NoneAssigned(String type, String title, int status, String detail, List<RefusedUnit> refused) {}

    /** What production serves. */
    record Champion(long candidate, List<Double> values) {}

    /** A problem that says what to serve meanwhile. */
    record Paused(String type, String title, int status, String detail, Champion champion) {}

    /**
     * What the units of a request have in common.
     *
     * @param exposes whether they count as exposed from now on
     */
    private record Asked(Served served, String study, String client, long atMillis, boolean exposes) {}

    private static final int MAX_UNITS = 1_000;

    private final OnlineStudies studies;
    private final Tokens tokens;
    private final UnitKeys units;
    private final Desk desk;
    private final Limits limits;
    private final Callers callers;

    AssignmentsResource(
            OnlineStudies studies, Tokens tokens, UnitKeys units, Desk desk, Limits limits, Callers callers) {
        this.studies = studies;
        this.tokens = tokens;
        this.units = units;
        this.desk = desk;
        this.limits = limits;
        this.callers = callers;
    }

    @POST
    @Operation(summary = "Assigns an arm to a unit, which counts as exposed from now on, unless exposed is false")
    @APIResponse(responseCode = "200", description = "arm, candidate, ℵ and token")
    @APIResponse(responseCode = "400", description = "the unit is missing, too long or no valid Unicode")
    @APIResponse(responseCode = "404", description = "there is no such online study, or it has not begun")
    @APIResponse(responseCode = "409", description = "the study is paused; the body has the champion to serve")
    @APIResponse(
            responseCode = "429",
            description = "the unit, or the client, asks too often; Retry-After says how long to wait")
    public AssignmentJson assign(@PathParam("study") String study, @Nullable AssignmentRequest request) {
        String unit = request == null ? null : request.unit();
        Asked asked = asked(
                study,
                request == null ? null : request.exposed(),
                unit != null,
                "unit is missing; name the unit to assign, such as {\"unit\": \"user-17\"}");
        return assigned(asked, Objects.requireNonNull(unit));
    }

    /** Runs on a worker thread: a thousand units would block the event loop for too long. */
    @POST
    @Path("batch")
    @Blocking
    @Operation(
            summary = "Assigns arms to up to 1,000 units",
            description =
                    "Each unit is assigned or refused by itself. assignments has one entry per unit, in their order:"
                            + " null for one that refused lists, with its index, status and reason. If all are refused,"
                            + " the response is the problem of the first one, with refused")
    @APIResponse(responseCode = "200", description = "assignments and refused")
    @APIResponse(responseCode = "400", description = "units is missing or empty, or not an array of texts")
    @APIResponse(responseCode = "404", description = "there is no such online study, or it has not begun")
    @APIResponse(responseCode = "409", description = "the study is paused; the body has the champion to serve")
    @APIResponse(responseCode = "413", description = "more than 1,000 units")
    @APIResponse(
            responseCode = "429",
            description = "all units, or the client, ask too often; Retry-After says how long to wait")
    public Batch assignAll(@PathParam("study") String study, @Nullable BatchRequest request) {
        List<String> units = request == null || request.units() == null ? List.of() : request.units();
        Asked asked = asked(
                study,
                request == null ? null : request.exposed(),
                !units.isEmpty(),
                "units is missing or empty; send {\"units\": [\"user-17\", \"user-18\"]}");
        if (units.size() > MAX_UNITS) {
            throw Problem.exception(413, units.size() + " units in one request; send at most " + MAX_UNITS);
        }
        return batch(asked, units);
    }

    /** A request that names units, for a study that assigns them now. */
    private Asked asked(String study, @Nullable Boolean exposed, boolean namesUnits, String otherwise) {
        Served served = studies.require(study);
        if (!namesUnits) {
            throw Problem.exception(400, otherwise);
        }
        if (studies.isPaused(study)) {
            throw paused(served.arms());
        }
        return new Asked(served, study, callers.name(), System.currentTimeMillis(), !Boolean.FALSE.equals(exposed));
    }

    private Batch batch(Asked asked, List<String> named) {
        List<@Nullable AssignmentJson> assignments = new ArrayList<>(named.size());
        List<RefusedUnit> refused = new ArrayList<>();
        @Nullable String retryAfter = null;
        for (int i = 0; i < named.size(); i++) {
            AssignmentJson assignment = null;
            try {
                assignment = assigned(asked, named.get(i));
            } catch (IllegalArgumentException e) {
                refused.add(new RefusedUnit(i, 400, String.valueOf(e.getMessage())));
            } catch (WebApplicationException e) {
                retryAfter = e.getResponse().getHeaderString(HttpHeaders.RETRY_AFTER);
                refused.add(new RefusedUnit(i, e.getResponse().getStatus(), String.valueOf(e.getMessage())));
            }
            assignments.add(assignment);
        }
        if (refused.size() == named.size()) {
            throw noneAssigned(refused, retryAfter);
        }
        return new Batch(assignments, refused);
    }

    private static WebApplicationException noneAssigned(List<RefusedUnit> refused, @Nullable String retryAfter) {
        RefusedUnit first = refused.get(0);
        String title = Response.Status.fromStatusCode(first.status()).getReasonPhrase();
        String detail = "[0]: " + first.detail();
        Response.ResponseBuilder answer = Response.status(first.status())
                .type(Problem.MEDIA_TYPE)
                .entity(new NoneAssigned("about:blank", title, first.status(), detail, refused));
        return new WebApplicationException(
                detail,
                retryAfter == null
                        ? answer.build()
                        : answer.header(HttpHeaders.RETRY_AFTER, retryAfter).build());
    }

    private AssignmentJson assigned(Asked asked, String unit) {
        Assignment assignment = asked.served()
                .assign(unit, asked.atMillis(), studies.isCurrent(), units.current())
                .askedBy(asked.client());
        limits.assigned(asked.study(), unit);
        if (asked.exposes()) {
            desk.exposed(assignment);
        }
        return new AssignmentJson(
                assignment.study(),
                assignment.id(),
                assignment.unit(),
                assignment.arm().name(),
                assignment.number(),
                assignment.values(),
                tokens.sign(assignment),
                assignment.assignedAtMillis(),
                assignment.expiresAtMillis());
    }

    private static WebApplicationException paused(Arms arms) {
        String detail = "the study is paused; serve the champion in this answer, or resume the study";
        Champion champion =
                new Champion(arms.getChampion().getNumber(), arms.getChampion().getValues());
        return new WebApplicationException(
                detail,
                Response.status(409)
                        .type(Problem.MEDIA_TYPE)
                        .entity(new Paused("about:blank", "Conflict", 409, detail, champion))
                        .build());
    }
}
