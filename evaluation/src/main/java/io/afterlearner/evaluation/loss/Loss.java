package io.afterlearner.evaluation.loss;

/** A loss with its settings, not yet fitted to data. Always minimised. */
@FunctionalInterface
public interface Loss {
    /**
     * Fits the loss to the shapes and types of output and target.
     *
     * @throws io.afterlearner.evaluation.data.DataException if the shapes or types cannot be scored
     */
    Scorer fit(Signature signature);
}
