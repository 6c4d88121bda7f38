package io.afterlearner.optimizer.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.http.JsonRecords;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.VerdictAnswer;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A study's status and its recommended candidate.
 *
 * @param reason why it stopped; null unless it did
 * @param cause the candidate's failure because of which it stopped by itself, as in {@code FailureCause.avsc}; else null
 * @param number the incumbent; 0 is ℵ₀, the model as shipped
 * @param values the incumbent's parameter values, in the order of the spec's aleph
 * @param loss the incumbent's; null until told
 * @param baselineLoss candidate 0's; null until told
 * @param evaluating outstanding candidates that an evaluator works on; evaluations of less than about a second are not counted
 * @param ignored fitness that was counted but not told
 * @param learnedNats how much the incumbent's search may have adapted to the losses, as a code length; null where unknown
 * @param explanation which algorithm searches now and why, in one line; null until the study has begun
 * @param verdict what the test split shows; null until the study has ended and an evaluator has answered, and in an online study
 */
public record StudyJson(
        String study,
        String name,
        String status,
        @Nullable String reason,

        @Schema(
                type = SchemaType.OBJECT,
                nullable = true,
                description = "The candidate's failure because of which the study stopped by itself; null for any other"
                        + " study. The fields of schemas/src/main/avro/FailureCause.avsc by the same names: the kind,"
                        + " and the figures that belong to it.",
                example = "{\"kind\":\"EXPIRED\",\"millis\":60000,\"pool\":\"gpu\"}")
        @Nullable
        ObjectNode cause,

        long number,
        List<Double> values,
        @Nullable Double loss,
        @Nullable Double standardError,
        @Nullable Double baselineLoss,
        long budget,
        int parallelism,
        String pool,
        long asked,
        long told,
        long failed,
        long expired,
        long evaluating,
        Ignored ignored,
        @Nullable Double learnedNats,
        @Nullable String explanation,
        @Nullable VerdictJson verdict,
        long sequence,
        long atMillis,
        long createdAtMillis) {

    public record Ignored(long duplicate, long late, long unknown) {}

    /** @param answer about the incumbent on the test split; null if there is none */
    static StudyJson of(StudySpec spec, Incumbent now, @Nullable VerdictAnswer answer) {
        return new StudyJson(
                spec.getStudy(),
                spec.getName(),
                now.getStatus().name(),
                now.getReason(),
                now.getCause() == null ? null : JsonRecords.of(now.getCause()),
                now.getNumber(),
                now.getValues(),
                now.getLoss(),
                now.getStandardError(),
                now.getBaselineLoss(),
                now.getBudget(),
                spec.getOptimizer().getParallelism(),
                spec.getEvaluation().getPool(),
                now.getAsked(),
                now.getTold(),
                now.getFailed(),
                now.getExpired(),
                now.getEvaluating(),
                new Ignored(
                        now.getIgnored().getDuplicate(),
                        now.getIgnored().getLate(),
                        now.getIgnored().getUnknown()),
                now.getLearnedNats(),
                now.getExplanation(),
                VerdictJson.of(spec, now, answer),
                now.getSequence(),
                now.getAtMillis(),
                spec.getCreatedAtMillis());
    }
}
