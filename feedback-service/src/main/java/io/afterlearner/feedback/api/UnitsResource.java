package io.afterlearner.feedback.api;

import io.afterlearner.access.Roles;
import io.afterlearner.client.Served;
import io.afterlearner.client.UnitKeys;
import io.afterlearner.feedback.shell.Desk;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.UnitTombstone;
import io.afterlearner.feedback.shell.ripening.UnitRecords;
import io.afterlearner.http.Problem;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Telemetry;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Forgets units, as far as that can be done, and says what stays until when. */
@Path("/v1/studies/{study}/units/forget")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed(Roles.ADMIN)
@Tag(name = "units")
public class UnitsResource {

    /**
     * Which unit.
     *
     * @param unit as it was assigned; it is in the body, so that no log of addresses has it
     * @param dryRun true to only say what is stored
     */
    public record ForgetRequest(
            @Nullable String unit, @Nullable Boolean dryRun) {}

    /**
     * Records that Kafka deletes later.
     *
     * @param holds PSEUDONYM, ASSIGNMENT or ORIGINAL
     * @param goneBy ISO 8601; null: never, because the topic's retention is unlimited
     */
    public record KeptJson(
            String topic, String holds, @Nullable String goneBy) {}

    /**
     * What was done, and what is left.
     *
     * @param forgotten false after a dry run, and if the study assigns slices of time instead of units
     * @param pseudonyms of the unit, one per key of the service
     * @param assignments what the ids of the unit's assignments begin with, one per key
     * @param refusedUntil end of the time in which an open token of the unit could have counted, ISO 8601
     * @param kept records that cannot be deleted before their topic's retention ends
     * @param telemetry topics of the user's own, which the study reads and AfterLearner does not change
     */
    public record ForgottenJson(
            String study,
            boolean forgotten,
            List<String> pseudonyms,
            List<String> assignments,
            String refusedUntil,
            List<KeptJson> kept,
            List<String> telemetry) {}

    private final OnlineStudies studies;
    private final UnitKeys units;
    private final UnitRecords records;
    private final Desk desk;

    UnitsResource(OnlineStudies studies, UnitKeys units, UnitRecords records, Desk desk) {
        this.studies = studies;
        this.units = units;
        this.records = records;
        this.desk = desk;
    }

    @POST
    @Operation(
            summary = "Forgets a unit",
            description = "Deletes its open exposures, refuses its open tokens, and says what stays until when.")
    @APIResponse(responseCode = "200", description = "dryRun, or a study of slices: nothing was changed")
    @APIResponse(responseCode = "202", description = "the broker has the records that forget the unit")
    @APIResponse(responseCode = "400", description = "the unit is missing, too long or no valid Unicode")
    @APIResponse(responseCode = "404", description = "there was never such an online study")
    @APIResponse(responseCode = "503", description = "Kafka does not answer; nothing is certain: ask again")
    public CompletionStage<Response> forget(@PathParam("study") String study, @Nullable ForgetRequest request)
            throws InterruptedException {
        Arms arms = studies.requireEver(study);
        String unit = request == null ? null : request.unit();
        if (unit == null || !Served.isUnit(unit)) {
            throw Problem.exception(
                    400,
                    "unit is missing or no unit; name the unit to forget in 1 to " + Served.MAX_UNIT_CHARACTERS
                            + " characters, as it was assigned, such as {\"unit\": \"user-17\"}");
        }
        boolean dryRun = request != null && Boolean.TRUE.equals(request.dryRun());
        boolean forgets = arms.getSliceMillis() == 0 && !dryRun;
        long nowMillis = System.currentTimeMillis();
        List<UnitTombstone> tombstones = units.all().stream()
                .map(key -> new UnitTombstone(key.assignments(study, unit), nowMillis + Served.longestOpenMillis(arms)))
                .toList();
        ForgottenJson answer = answer(arms, unit, forgets, tombstones, nowMillis);
        return forgets
                ? KafkaAnswer.of(desk.forget(tombstones), answer, "; nothing is certain: ask again")
                : CompletableFuture.completedFuture(Response.ok(answer).build());
    }

    private ForgottenJson answer(
            Arms arms, String unit, boolean forgets, List<UnitTombstone> tombstones, long nowMillis)
            throws InterruptedException {
        String study = arms.getStudy();
        return new ForgottenJson(
                study,
                forgets,
                units.all().stream().map(key -> key.pseudonym(study, unit)).toList(),
                tombstones.stream().map(UnitTombstone::assignments).toList(),
                time(nowMillis + 2 * Served.longestOpenMillis(arms)),
                kept(nowMillis),
                studies.study(study)
                        .map(OnlineStudy::online)
                        .map(online -> online.getTelemetry().stream()
                                .map(Telemetry::getTopic)
                                .distinct()
                                .toList())
                        .orElse(List.of()));
    }

    private List<KeptJson> kept(long nowMillis) throws InterruptedException {
        return records.kept(nowMillis).stream().map(UnitsResource::json).toList();
    }

    private static KeptJson json(UnitRecords.Kept kept) {
        Long goneBy = kept.goneByMillis();
        return new KeptJson(kept.topic(), kept.holds().name(), goneBy == null ? null : time(goneBy));
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
