package io.afterlearner.feedback.api;

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
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
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

    /** @param unit the user, session or request to assign, depending on the study */
    public record AssignmentRequest(@Nullable String unit) {}

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

    /** What production serves. */
    record Champion(long candidate, List<Double> values) {}

    /** A problem that says what to serve meanwhile. */
    record Paused(String type, String title, int status, String detail, Champion champion) {}

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
    @Operation(summary = "Assigns an arm to a unit, which counts as exposed from now on")
    @APIResponse(responseCode = "200", description = "arm, candidate, ℵ and token")
    @APIResponse(responseCode = "400", description = "the unit is missing, too long or no valid Unicode")
    @APIResponse(responseCode = "404", description = "there is no such online study, or it has not begun")
    @APIResponse(responseCode = "409", description = "the study is paused; the body has the champion to serve")
    @APIResponse(
            responseCode = "429",
            description = "the unit, or the client, asks too often; Retry-After says how long to wait")
    public AssignmentJson assign(@PathParam("study") String study, @Nullable AssignmentRequest request) {
        Served served = studies.require(study);
        if (request == null || request.unit() == null) {
            throw Problem.exception(400, "unit is missing; name the unit to assign, such as {\"unit\": \"user-17\"}");
        }
        if (studies.isPaused(study)) {
            throw paused(served.arms());
        }
        long now = System.currentTimeMillis();
        Assignment assignment = served.assign(request.unit(), now, studies.isCurrent(), units.current())
                .askedBy(callers.name());
        limits.assigned(study, request.unit());
        desk.exposed(assignment);
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
