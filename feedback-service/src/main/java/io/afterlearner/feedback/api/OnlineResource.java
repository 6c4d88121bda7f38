package io.afterlearner.feedback.api;

import io.afterlearner.feedback.shell.Desk;
import io.afterlearner.feedback.shell.judging.Standings;
import io.afterlearner.http.Problem;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Reverts;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How an online study stands, and the way back to ℵ₀. */
@Path("/v1/studies/{study}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "online studies")
public class OnlineResource {
    private static final int MOST_CHARACTERS = 500;

    /** Who reverts, and why; for the record. */
    public record Wanted(@Nullable String by, @Nullable String reason) {}

    private final Standings standings;
    private final Desk desk;
    private final ServedStudies served;

    OnlineResource(Standings standings, Desk desk, ServedStudies served) {
        this.standings = standings;
        this.desk = desk;
        this.served = served;
    }

    @GET
    @Path("champion")
    @Operation(summary = "What production uses now")
    public ArmsJson.Champion champion(@PathParam("study") String study) {
        return ArmsJson.Champion.of(arms(study));
    }

    @GET
    @Path("arms")
    @Operation(summary = "Who meets what")
    public ArmsJson all(@PathParam("study") String study) {
        return ArmsJson.of(arms(study));
    }

    @GET
    @Path("standing")
    @Operation(summary = "What is measured so far, of each arm")
    @APIResponse(responseCode = "404", description = "there is no such study, or another instance judges it")
    public StandingJson standing(@PathParam("study") String study) {
        arms(study);
        return standings
                .of(study)
                .map(state -> StandingJson.of(study, state))
                .orElseThrow(() -> Problem.exception(404, study + " is judged by another instance: ask that one"));
    }

    @POST
    @Path("revert")
    @Operation(summary = "Everybody gets ℵ₀, until a person resumes: one record, which every client follows")
    @APIResponse(responseCode = "202", description = "the broker has it")
    public CompletionStage<Response> revert(@PathParam("study") String study, @Nullable Wanted wanted) {
        Arms now = arms(study);
        String by = wanted == null || wanted.by() == null ? "a request" : cut(wanted.by());
        String reason = wanted == null || wanted.reason() == null ? "reverted by " + by : cut(wanted.reason());
        Arms next = Reverts.revert(now, by, reason, System.currentTimeMillis());
        return KafkaAnswer.of(desk.write(next), ArmsJson.Champion.of(next), "");
    }

    private Arms arms(String study) {
        return served.get(study).arms();
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }
}
