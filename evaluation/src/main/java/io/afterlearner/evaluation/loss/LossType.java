package io.afterlearner.evaluation.loss;

/**
 * A kind of loss, found by name. To add your own: implement this interface, name the class in
 * {@code META-INF/services/io.afterlearner.evaluation.loss.LossType}, and put the jar on the evaluators' class path.
 */
public interface LossType {
    /** The name in a study.yaml, such as {@code depth-threshold}: lower case, with dashes. */
    String name();

    /**
     * Reads every setting it knows from {@code settings}; the caller rejects the settings it did not read.
     *
     * @throws io.afterlearner.evaluation.data.DataException if a setting is out of range or missing
     */
    Loss create(Settings settings);
}
