package io.afterlearner.feedback.api;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.Served;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.shell.Desk;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.http.Problem;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who gets what. Any instance answers for every study, the same. */
@Path("/v1/studies/{study}/assignments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "assignments")
public class AssignmentsResource {
    /** Of one unit in ten seconds. */
    static final int MOST_ASSIGNMENTS = 200;

    /** Who asks: a user, a session or a request, as the study has it. */
    public record Wanted(@Nullable String unit) {}

    private final OnlineStudies studies;
    private final Tokens tokens;
    private final Desk desk;
    private final ServedStudies servedStudies;
    private final Flood flood = new Flood(MOST_ASSIGNMENTS);

    AssignmentsResource(OnlineStudies studies, Tokens tokens, Desk desk, ServedStudies servedStudies) {
        this.studies = studies;
        this.tokens = tokens;
        this.desk = desk;
        this.servedStudies = servedStudies;
    }

    @POST
    @Operation(summary = "What a unit gets; it counts as exposed from now on")
    @APIResponse(responseCode = "200", description = "arm, candidate, ℵ and token")
    @APIResponse(responseCode = "400", description = "the unit is missing or too long")
    @APIResponse(responseCode = "404", description = "no online study is called that, or it has not begun")
    @APIResponse(responseCode = "409", description = "the study is paused; the body has the champion to serve")
    @APIResponse(responseCode = "429", description = "the unit asks too often")
    public AssignmentJson assign(@PathParam("study") String study, @Nullable Wanted wanted) {
        Served served = servedStudies.get(study);
        String unit = unit(wanted);
        if (studies.isPaused(study)) {
            throw Paused.exception(served.arms());
        }
        long now = System.currentTimeMillis();
        if (flood.isOver(study + " " + unit, now)) {
            throw Problem.exception(
                    429,
                    "more than " + MOST_ASSIGNMENTS + " assignments of one unit within " + Flood.SPAN_MILLIS / 1_000
                            + " s: keep what it got until it expires");
        }
        Assignment assignment = served.assign(unit, now, studies.isCurrent());
        desk.exposed(assignment);
        return AssignmentJson.of(assignment, tokens.sign(assignment));
    }

    private static String unit(@Nullable Wanted wanted) {
        String unit = wanted == null ? null : wanted.unit();
        if (unit == null || unit.isEmpty()) {
            throw Problem.exception(400, "unit is missing: say who is to be assigned, such as {\"unit\": \"user-17\"}");
        }
        if (unit.length() > Served.MOST_UNIT_CHARACTERS) {
            throw Problem.exception(
                    400, "unit has " + unit.length() + " characters: give 1 to " + Served.MOST_UNIT_CHARACTERS);
        }
        return unit;
    }
}
