package io.afterlearner.report.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one candidate.
 *
 * @param values its ℵ vector
 * @param loss null unless told
 * @param standardError of the loss; null if unknown
 * @param endedAtMillis when it was told, failed or expired; null while outstanding
 * @param durationMicros duration of the evaluation; 0 if unknown
 * @param evaluator the evaluator that measured it; null if none did
 * @param reason why it failed; null unless it failed
 */
public record HistoryEntry(
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

    public enum Status {
        OUTSTANDING,
        TOLD,
        FAILED,
        EXPIRED
    }
}
