package io.afterlearner.evaluation.loss;

/** A loss with its settings, before it has met data. Always minimised. */
@FunctionalInterface
public interface Loss {
    /**
     * Fits the loss to what the model puts out and what the data hold.
     *
     * @throws io.afterlearner.evaluation.data.DataException if the shapes or types cannot be scored, with the mend
     */
    Scorer fit(Signature signature);
}
