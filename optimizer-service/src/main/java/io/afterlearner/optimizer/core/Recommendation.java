package io.afterlearner.optimizer.core;

import io.afterlearner.optimizer.core.Outstanding.Waiting;
import org.jspecify.annotations.Nullable;

/** Which candidate a study recommends: the best measured one, if it measured better than ℵ₀, and else ℵ₀. */
final class Recommendation {

    /**
     * A candidate and its measured loss.
     *
     * @param values never written to
     * @param standardError null if unknown
     */
    record Measurement(
            long number,
            double[] values,
            double loss,
            @Nullable Double standardError) {

        /** Whether it is preferred to another: lower loss, or the same loss and a smaller number. */
        boolean beats(Measurement other) {
            return loss < other.loss || (loss == other.loss && number < other.number);
        }
    }

    private final RunPlan plan;
    private @Nullable Measurement baseline;
    private @Nullable Measurement best;
    private boolean baselineFailed;

    Recommendation(RunPlan plan) {
        this.plan = plan;
    }

    void told(Waiting waiting, Measurement measured) {
        if (measured.number() == 0) {
            baseline = measured;
        }
        best = preferred(waiting, measured);
    }

    void baselineFailed() {
        baselineFailed = true;
    }

    /** What was measured no longer holds, except for ℵ₀. */
    void reopen() {
        best = null;
    }

    /** ℵ₀'s measurement; null until it is told. */
    @Nullable
    Measurement baseline() {
        return baseline;
    }

    /** The recommended candidate's measurement; null while that is ℵ₀, not yet measured. */
    @Nullable
    Measurement incumbent() {
        return best != null && isBetterThanShipped(best) ? best : baseline;
    }

    /**
     * Without noise, the lowest loss. Under noise the lowest loss is mostly luck: then the latest candidate that was asked
     * because the optimizer recommended it, if it measured better than ℵ₀.
     */
    private @Nullable Measurement preferred(Waiting waiting, Measurement measured) {
        if (plan.noisy()) {
            boolean better = baseline == null || measured.beats(baseline);
            return waiting.recommended() && better ? measured : best;
        }
        return best == null || measured.beats(best) ? measured : best;
    }

    /** Until ℵ₀ is measured, nothing counts as better, unless the losses are differences to ℵ₀. */
    private boolean isBetterThanShipped(Measurement measured) {
        boolean negativeDifference = plan.online() && baselineFailed && measured.loss() < 0;
        return baseline == null ? negativeDifference : measured.beats(baseline);
    }
}
