package io.afterlearner.evaluation.loss;

/**
 * A kind of loss, found by name. Losses of your own: implement this, name the class in
 * {@code META-INF/services/io.afterlearner.evaluation.loss.LossType}, and put the jar on the evaluators' class path.
 */
public interface LossType {
    /** The name a study asks for it by, such as {@code depth-threshold}: lower case, with dashes. */
    String name();

    /**
     * Reads every setting it knows from {@code settings}; what it leaves unread is refused by the caller.
     *
     * @throws io.afterlearner.evaluation.data.DataException if a setting is out of range or missing
     */
    Loss create(Settings settings);
}
