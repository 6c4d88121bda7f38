package io.afterlearner.optimizer.api;

import io.afterlearner.optimizer.shell.pools.Pools;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The figures of an evaluator pool, for example to scale its evaluators.
 *
 * @param studies that have not ended
 */
public record PoolJson(
        String pool,
        long studies,

        @Schema(
                description =
                        "Candidates asked and not yet told, failed or expired, whether an evaluator works on them or not.")
        long outstanding,

        @Schema(description = "Studies that have ended and wait for an evaluator to score their test split.")
        long verdicts,

        @Schema(
                description =
                        "Outstanding candidates and verdicts together: what evaluators have to do. Scale the pool by"
                                + " this figure; at 0 it needs no evaluator. Every instance gives the same, except for a"
                                + " verdict that a person asked for again, which only the instance counts that was asked.")
        long work,

        @Schema(
                description = "Candidates that the evaluators have not finished, expired ones included, as Kafka said"
                        + " within the last seconds; null if unknown.")
        @Nullable
        Long lag,

        @Schema(
                description = "Age of the first outstanding candidate, among the studies that this instance runs; 0 if"
                        + " none is outstanding.")
        double oldestSeconds) {
    private static final double MILLIS_PER_SECOND = 1_000;

    static PoolJson of(String pool, Pools.Figures figures, long nowMillis) {
        long askedMillis = figures.oldestAskedMillis().orElse(nowMillis);
        return new PoolJson(
                pool,
                figures.studies(),
                figures.outstanding(),
                figures.verdicts(),
                figures.work(),
                figures.lag().isPresent() ? figures.lag().getAsLong() : null,
                Math.max(0, nowMillis - askedMillis) / MILLIS_PER_SECOND);
    }
}
