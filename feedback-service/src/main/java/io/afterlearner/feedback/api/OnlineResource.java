package io.afterlearner.feedback.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.access.Roles;
import io.afterlearner.feedback.core.judge.Estimate;
import io.afterlearner.feedback.shell.Desk;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.judging.StandingTopic;
import io.afterlearner.http.Callers;
import io.afterlearner.http.JsonRecords;
import io.afterlearner.schemas.ArmEstimate;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Reverts;
import io.afterlearner.schemas.Standing;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The current state of an online study, and its revert to ℵ₀. */
@Path("/v1/studies/{study}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "online studies")
public class OnlineResource {
    private static final int MAX_CHARACTERS = 500;

    /**
     * For the audit log.
     *
     * @param by on whose behalf; without authentication, who reverts
     */
    public record RevertRequest(
            @Nullable String by, @Nullable String reason) {}

    /** What production serves. */
    public record ChampionJson(
            String study,
            long revision,
            String state,
            long candidate,
            List<Double> values,
            long sinceMillis,
            String reason) {
        static ChampionJson of(Arms arms) {
            return new ChampionJson(
                    arms.getStudy(),
                    arms.getRevision(),
                    arms.getState().name(),
                    arms.getChampion().getNumber(),
                    arms.getChampion().getValues(),
                    arms.getChampion().getSinceMillis(),
                    arms.getReason());
        }
    }

    /**
     * The measurements of each arm so far.
     *
     * @param revision of two answers, the one with the greater revision is newer, whichever instance gave them
     * @param asOfMillis when this was the standing, by the clock of the instance that judges the study
     * @param hold why no candidate is explored; NONE if candidates are explored
     * @param explored number of exposures to candidates
     * @param settled number of candidates told or failed
     * @param trials the candidates in slots, the first 1,000 of them
     * @param moreTrials number of candidates in slots that are not in {@code trials}
     * @param champion since its promotion; control over the same time
     * @param duel the challenger; null if there is no duel
     * @param proposed number of the candidate that won its duel and waits for APPROVE or REJECT; null if there is none
     */
    public record StandingJson(
            String study,
            long revision,
            long asOfMillis,
            String hold,
            long explored,
            long settled,
            int waiting,
            Estimate champion,
            Estimate control,
            List<Estimate> trials,
            int moreTrials,
            @Nullable Estimate duel,
            @Nullable Long proposed) {

        static StandingJson of(Standing standing) {
            ArmEstimate duel = standing.getDuel();
            return new StandingJson(
                    standing.getStudy(),
                    standing.getRevision(),
                    standing.getAsOfMillis(),
                    standing.getHold().name(),
                    standing.getExplored(),
                    standing.getSettled(),
                    standing.getWaiting(),
                    estimate(standing.getChampion()),
                    estimate(standing.getControl()),
                    standing.getTrials().stream().map(StandingJson::estimate).toList(),
                    standing.getMoreTrials(),
                    duel == null ? null : estimate(duel),
                    standing.getProposed());
        }

        private static Estimate estimate(ArmEstimate of) {
            return new Estimate(
                    of.getCandidate(),
                    of.getExposures(),
                    of.getLevel(),
                    of.getStandardError(),
                    of.getDifference(),
                    of.getDifferenceError());
        }
    }

    private final StandingTopic standings;
    private final Desk desk;
    private final OnlineStudies studies;
    private final Callers callers;

    OnlineResource(StandingTopic standings, Desk desk, OnlineStudies studies, Callers callers) {
        this.callers = callers;
        this.standings = standings;
        this.desk = desk;
        this.studies = studies;
    }

    @GET
    @Path("champion")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "The candidate that production serves now")
    public ChampionJson champion(@PathParam("study") String study) {
        return ChampionJson.of(arms(study));
    }

    @GET
    @Path("arms")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "What each arm serves",
            description = "The latest Arms record of the study, without its salt. A slot with number -1 is free.")
    public ObjectNode all(@PathParam("study") String study) {
        ObjectNode json = JsonRecords.of(arms(study));
        // With the salt, a user could choose a unit name that gets a certain arm.
        json.remove("salt");
        return json;
    }

    @GET
    @Path("standing")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "The measurements of each arm so far",
            description =
                    "Every instance answers. `asOfMillis` says how old the answer is: while the study is judged, about"
                            + " 12 seconds at most, unless the study is stopped.")
    @APIResponse(
            responseCode = "200",
            description =
                    "champion (since its promotion), control over the same time, trials (the candidates in slots, the"
                            + " first 1,000), duel and proposed (null if there is none), explored (exposures to candidates), settled"
                            + " and waiting (candidates), and hold, why no candidate is explored: NONE (they are), PAUSED, REVERTED,"
                            + " ALARM, NO_REPORTS and NO_ANSWER (end by themselves), LIMIT, ERROR_BUDGET (a person has to grant a"
                            + " new one), SPENT (all candidates are settled), STOPPED. Of an arm: level and standardError in the"
                            + " metric's unit, difference (how much better than control) and differenceError; null is not known yet")
    @APIResponse(responseCode = "404", description = "there is no such study")
    @APIResponse(
            responseCode = "503",
            description = "the topics are not read yet, or the study has just begun; Retry-After says how long to wait")
    public StandingJson standing(@PathParam("study") String study) {
        return StandingJson.of(standings.require(study, arms(study).getIncarnation()));
    }

    @POST
    @Path("revert")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Serves ℵ₀ to every unit until a person resumes the study")
    @APIResponse(responseCode = "202", description = "the broker has the record, which every client follows")
    public CompletionStage<Response> revert(@PathParam("study") String study, @Nullable RevertRequest request) {
        Arms now = arms(study);
        String claimed = request == null || request.by() == null ? null : cut(request.by());
        String by = callers.by(claimed, "a request");
        String reason = request == null || request.reason() == null ? "reverted by " + by : cut(request.reason());
        Arms next = Reverts.revert(now, by, reason, System.currentTimeMillis());
        return KafkaAnswer.of(desk.write(next), ChampionJson.of(next), "");
    }

    private Arms arms(String study) {
        return studies.require(study).arms();
    }

    /** Makes the text valid, so that a revert is never rejected because of its reason. */
    private static String cut(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
        return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS);
    }
}
