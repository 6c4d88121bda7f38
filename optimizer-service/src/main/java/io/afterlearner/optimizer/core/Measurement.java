package io.afterlearner.optimizer.core;

import org.jspecify.annotations.Nullable;

/**
 * A candidate and its measured loss.
 *
 * @param values never written to
 * @param standardError null if unknown
 */
record Measurement(
        long number, double[] values, double loss, @Nullable Double standardError) {

    /** Whether it is preferred to another: lower loss, or the same loss and a smaller number. */
    boolean beats(Measurement other) {
        return loss < other.loss || (loss == other.loss && number < other.number);
    }
}
