package io.afterlearner.evaluation;

/**
 * What a candidate's outputs are compared with.
 *
 * @param examples of the data set
 * @param elements of the targets of all examples
 * @param ignored elements that the loss does not count, such as NaN for rmse
 */
public record Targets(int examples, long elements, long ignored) {}
