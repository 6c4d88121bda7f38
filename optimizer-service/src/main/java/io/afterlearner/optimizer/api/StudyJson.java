package io.afterlearner.optimizer.api;

import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A study's status and its recommended candidate.
 *
 * @param number the incumbent; 0 is ℵ₀, the model as shipped
 * @param values the incumbent's parameter values, in the order of the spec's aleph
 * @param loss the incumbent's; null until told
 * @param baselineLoss candidate 0's; null until told
 * @param ignored fitness that was counted but not told
 * @param learnedNats how much the incumbent's search may have adapted to the losses, as a code length; null where unknown
 * @param explanation which algorithm searches now and why, in one line; null until the study has begun
 */
public record StudyJson(
        String study,
        String name,
        String status,
        @Nullable String reason,
        long number,
        List<Double> values,
        @Nullable Double loss,
        @Nullable Double standardError,
        @Nullable Double baselineLoss,
        long budget,
        int parallelism,
        long asked,
        long told,
        long failed,
        long expired,
        Ignored ignored,
        @Nullable Double learnedNats,
        @Nullable String explanation,
        long sequence,
        long atMillis,
        long createdAtMillis) {

    public record Ignored(long duplicate, long late, long unknown) {}

    static StudyJson of(StudySpec spec, Incumbent now) {
        return new StudyJson(
                spec.getStudy(),
                spec.getName(),
                now.getStatus().name(),
                now.getReason(),
                now.getNumber(),
                now.getValues(),
                now.getLoss(),
                now.getStandardError(),
                now.getBaselineLoss(),
                now.getBudget(),
                spec.getOptimizer().getParallelism(),
                now.getAsked(),
                now.getTold(),
                now.getFailed(),
                now.getExpired(),
                new Ignored(
                        now.getIgnored().getDuplicate(),
                        now.getIgnored().getLate(),
                        now.getIgnored().getUnknown()),
                now.getLearnedNats(),
                now.getExplanation(),
                now.getSequence(),
                now.getAtMillis(),
                spec.getCreatedAtMillis());
    }
}
