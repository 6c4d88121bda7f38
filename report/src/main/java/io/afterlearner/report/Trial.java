package io.afterlearner.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one candidate.
 *
 * @param values its ℵ vector
 * @param loss null unless told
 * @param standardError of the loss; null where unknown
 * @param endedAtMillis when it was told, failed or expired; null while outstanding
 * @param durationMicros time the evaluation took; 0 where unknown
 * @param evaluator who measured; null where nobody did
 * @param reason why it failed; else null
 */
public record Trial(
        long number,
        Status status,
        List<Double> values,
        @Nullable Double loss,
        @Nullable Double standardError,
        long askedAtMillis,
        @Nullable Long endedAtMillis,
        long durationMicros,
        @Nullable String evaluator,
        @Nullable String reason) {

    /** Where a candidate stands. */
    public enum Status {
        OUTSTANDING,
        TOLD,
        FAILED,
        EXPIRED
    }
}
