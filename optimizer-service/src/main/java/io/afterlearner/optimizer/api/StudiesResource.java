package io.afterlearner.optimizer.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.access.Roles;
import io.afterlearner.http.Callers;
import io.afterlearner.http.JsonRecords;
import io.afterlearner.http.Problem;
import io.afterlearner.optimizer.core.Input;
import io.afterlearner.optimizer.core.Orders;
import io.afterlearner.optimizer.core.Status;
import io.afterlearner.optimizer.core.StudyMemory;
import io.afterlearner.optimizer.shell.HeapBudget;
import io.afterlearner.optimizer.shell.IncumbentRecords;
import io.afterlearner.optimizer.shell.Inputs;
import io.afterlearner.optimizer.shell.Specs;
import io.afterlearner.optimizer.shell.StudyDesk;
import io.afterlearner.optimizer.shell.StudyTables;
import io.afterlearner.schemas.ArtifactUris;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Verdicts;
import io.afterlearner.space.AlephSpace;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The REST API of studies. Every instance answers for every study. */
@Path("/v1/studies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "studies")
public class StudiesResource {
    /** Every JSON reader has numbers up to here. */
    private static final long MAX_INCARNATION = 1L << 53;

    private static final SecureRandom INCARNATIONS = new SecureRandom();

    private final StudyTables tables;
    private final StudyDesk desk;
    private final HeapBudget heap;
    private final Callers callers;

    StudiesResource(StudyTables tables, StudyDesk desk, HeapBudget heap, Callers callers) {
        this.callers = callers;
        this.heap = heap;
        this.tables = tables;
        this.desk = desk;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Lists the studies that the caller may use, by name")
    public List<StudyJson> list() {
        tables.require();
        return tables.specs().stream()
                .filter(spec -> callers.mayUse(spec.getStudy()))
                .map(this::view)
                .toList();
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Creates a study and starts it")
    @APIResponse(responseCode = "201", description = "created")
    @APIResponse(responseCode = "200", description = "the same study exists already")
    @APIResponse(responseCode = "400", description = "refused; the detail says what is wrong and how to fix it")
    @APIResponse(
            responseCode = "409",
            description = "another study has this identity, or the studies that exist leave too little memory")
    public Response create(
            @RequestBody(
                            required = true,
                            description =
                                    "The fields of schemas/src/main/avro/StudySpec.avsc by the same names. The example"
                                            + " shows the required ones; an online study has online instead of loss.",
                            content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = SpecJson.EXAMPLE))
                    @Nullable
                    JsonNode body) {
        tables.require();
        if (body == null || body.isMissingNode()) {
            throw Problem.exception(400, "the body is empty; send a study's spec");
        }
        StudySpec spec = SpecJson.spec(body, System.currentTimeMillis());
        callers.require(spec.getStudy());
        check(spec);
        Optional<StudySpec> known = tables.spec(spec.getStudy());
        if (known.isPresent()) {
            if (!sameStudy(known.get(), spec)) {
                throw Problem.exception(
                        409, "study " + spec.getStudy() + " exists with another spec; choose another name");
            }
            return Response.ok(view(known.get())).build();
        }
        StudySpec created = StudySpec.newBuilder(spec)
                .setIncarnation(INCARNATIONS.nextLong(1, MAX_INCARNATION))
                .build();
        desk.create(created, callers.by(null, "api"));
        tables.awaitSpec(created);
        return Response.status(201)
                .entity(StudyJson.of(created, IncumbentRecords.unbegun(created), null))
                .build();
    }

    /** Takes the memory first, because the plan creates the study's optimizer. */
    private void check(StudySpec spec) {
        ArtifactUris.check(spec);
        StudyMemory memory = Specs.memory(spec);
        String refusal = memory.refusal(heap.limitBytes());
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        if (!heap.take(memory.bytes())) {
            throw Problem.exception(409, heap.refusal(memory));
        }
        try {
            Specs.plan(spec);
        } finally {
            heap.giveBack(memory.bytes());
        }
    }

    @GET
    @Path("{study}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Gets a study's status and its recommended candidate")
    public StudyJson get(@PathParam("study") String study) {
        return view(require(study));
    }

    @GET
    @Path("{study}/spec")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Gets the spec that a study was created with")
    @APIResponse(
            responseCode = "200",
            description = "all fields of the spec, defaults included",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public ObjectNode spec(@PathParam("study") String study) {
        return JsonRecords.of(require(study));
    }

    @POST
    @Path("{study}/commands")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Sends a command; REVERT, APPROVE, REJECT and GRANT are for online studies only",
            description =
                    "The feedback service carries out REVERT, APPROVE, REJECT and GRANT. APPROVE and REJECT do nothing while"
                            + " no candidate is proposed; GET /v1/studies/{study}/standing of the feedback service shows"
                            + " the proposal. GRANT gives a new error budget.")
    @APIResponse(responseCode = "202", description = "accepted; the command will be carried out if it still applies")
    @APIResponse(responseCode = "409", description = "the study's status does not allow it")
    public Response command(@PathParam("study") String study, @Nullable CommandJson body) {
        StudySpec spec = require(study);
        if (body == null) {
            throw Problem.exception(400, "the body is empty; send a command");
        }
        Command command = body.command(spec, callers.by(body.by(), "api"), System.currentTimeMillis());
        String refusal = refusal(command, spec, tables.incumbent(spec));
        if (refusal != null) {
            throw Problem.exception(409, refusal);
        }
        desk.command(command);
        return Response.accepted(view(spec)).build();
    }

    @POST
    @Path("{study}/verdict")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Asks once more to score the test split, if the study has ended without a verdict")
    @APIResponse(responseCode = "202", description = "accepted; an evaluator will be asked")
    @APIResponse(responseCode = "200", description = "there is a verdict already")
    @APIResponse(responseCode = "409", description = "the study has not ended, or has nothing to score")
    public Response askForVerdict(@PathParam("study") String study) {
        StudySpec spec = require(study);
        Incumbent now = tables.incumbent(spec);
        if (!status(now).hasEnded()) {
            throw Problem.exception(409, "the study is " + status(now) + "; its verdict is requested when it ends");
        }
        if (spec.getTest() == null || now.getBaselineLoss() == null) {
            throw Problem.exception(
                    409, "the study has no " + (spec.getTest() == null ? "test split" : "loss of candidate 0"));
        }
        if (tables.verdict(spec, now.getNumber()).filter(Verdicts::isScored).isPresent()) {
            return Response.ok(view(spec)).build();
        }
        desk.askForVerdict(spec, now);
        tables.repeatedVerdict(spec);
        return Response.accepted(view(spec)).build();
    }

    private static @Nullable String refusal(Command command, StudySpec spec, Incumbent now) {
        Status status = status(now);
        if (Inputs.isForOthers(command, spec, status)) {
            return Inputs.onlineRefusal(command, spec.getOnline());
        }
        Input.Order order = Objects.requireNonNull(Inputs.order(command, command.getAtMillis()));
        return Orders.refusal(order, status, now.getBudget(), now.getAsked(), AlephSpace.of(spec.getAleph()));
    }

    @DELETE
    @Path("{study}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Deletes a study that has ended")
    @APIResponse(responseCode = "202", description = "accepted; the study will be deleted")
    @APIResponse(responseCode = "409", description = "the study has not ended")
    public Response forget(@PathParam("study") String study) {
        StudySpec spec = require(study);
        Status status = status(tables.incumbent(spec));
        if (!status.hasEnded()) {
            throw Problem.exception(409, "the study is " + status + "; STOP it first");
        }
        desk.delete(study, callers.by(null, "api"));
        tables.awaitDeleted(spec);
        return Response.accepted().build();
    }

    private StudySpec require(String study) {
        tables.require();
        return tables.spec(study)
                .orElseThrow(() -> Problem.exception(
                        404, "study " + Problem.shown(study) + " does not exist; GET /v1/studies lists all studies"));
    }

    /** Whether two specs are equal except for the incarnation, the time of creation and a deadline relative to it. */
    private static boolean sameStudy(StudySpec first, StudySpec second) {
        long later = first.getCreatedAtMillis() - second.getCreatedAtMillis();
        StudySpec.Builder aligned = StudySpec.newBuilder(second)
                .setCreatedAtMillis(first.getCreatedAtMillis())
                .setIncarnation(first.getIncarnation());
        return first.equals(aligned.build())
                || first.equals(
                        aligned.setOnline(shifted(second.getOnline(), later)).build());
    }

    private static @Nullable OnlineSpec shifted(@Nullable OnlineSpec online, long byMillis) {
        return online == null || online.getDeadlineMillis() == 0
                ? online
                : OnlineSpec.newBuilder(online)
                        .setDeadlineMillis(online.getDeadlineMillis() + byMillis)
                        .build();
    }

    private static Status status(Incumbent now) {
        return Status.valueOf(now.getStatus().name());
    }

    private StudyJson view(StudySpec spec) {
        Incumbent now = tables.incumbent(spec);
        return StudyJson.of(spec, now, tables.verdict(spec, now.getNumber()).orElse(null));
    }
}
