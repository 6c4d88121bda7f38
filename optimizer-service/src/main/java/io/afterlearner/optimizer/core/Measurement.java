package io.afterlearner.optimizer.core;

/**
 * A candidate and what it measured.
 *
 * @param values never written to
 * @param standardError NaN where unknown
 */
record Measurement(long number, double[] values, double loss, double standardError) {

    /** Whether it is the one to prefer: the lower loss, of equals the smaller number. */
    boolean beats(Measurement other) {
        return loss < other.loss || (loss == other.loss && number < other.number);
    }
}
