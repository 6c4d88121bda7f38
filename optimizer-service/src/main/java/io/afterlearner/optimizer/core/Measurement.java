package io.afterlearner.optimizer.core;

import org.jspecify.annotations.Nullable;

/**
 * A candidate and what it measured.
 *
 * @param values never written to
 * @param standardError null if unknown
 */
record Measurement(
        long number, double[] values, double loss, @Nullable Double standardError) {

    /** Whether it is the one to prefer: the lower loss, of equals the smaller number. */
    boolean beats(Measurement other) {
        return loss < other.loss || (loss == other.loss && number < other.number);
    }
}
