package io.afterlearner.evaluation.loss;

import io.afterlearner.aleph.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A loss fitted to data. The loss of any set of examples is a function of sums over them, so standard errors, paired
 * comparisons and partial evaluations need no second run of the model. Stateless and thread-safe.
 */
public interface Scorer {
    /** Numbers that describe one example, at least 1. */
    int statistics();

    /**
     * Writes one example's numbers.
     *
     * @param output the example's output, row-major, no NaN in it; read-only
     * @param target the example's target, row-major; read-only
     * @param statistics of length {@link #statistics()}, zero before
     */
    void score(double[] output, double[] target, double[] statistics);

    /**
     * The loss of a set of examples.
     *
     * @param sums over the examples of their statistics
     * @param examples how many, at least 1
     * @return not finite if these examples define no loss
     */
    double value(double[] sums, long examples);

    /**
     * The mean that {@link #value} is, if it is a plain mean of a bounded number over examples; distribution-free bounds
     * are known only for those.
     */
    default Optional<BoundedMean> boundedMean(double[] sums, long examples) {
        return Optional.empty();
    }

    /**
     * @return why this target cannot be used, as a continuation of "example 7 of target …"; null if it can
     */
    default @Nullable Refusal refuse(double[] target) {
        return null;
    }

    /** Whether an element of a target counts; if not, it changes no loss. */
    default boolean counts(double element) {
        return true;
    }

    /**
     * A mean over examples of a number within [low, high].
     *
     * @param examples number of examples that count
     */
    record BoundedMean(double low, double high, long examples) {}
}
