package io.afterlearner.report;

/**
 * The shipped and the retrofitted model on one split, with 95% intervals over the draw of its examples.
 *
 * @param difference retrofitted minus baseline; negative is better
 */
public record SplitResult(Measured baseline, Measured retrofitted, Measured difference, int examples) {

    /** A number and its 95% interval. */
    public record Measured(double value, double low, double high) {}
}
