package io.afterlearner.asktell;

/** One dimension of a {@link Space}. Its values are doubles: the number itself, or the index of a choice. */
public sealed interface Parameter {

    String name();

    /** The shipped value: candidate 0 has it. */
    double initial();

    /**
     * A real number.
     *
     * @param low least value, or negative infinity
     * @param high greatest value, or positive infinity
     * @param log whether distances are measured on a log scale; then low, high and initial are above 0
     * @param initial the shipped value, in [low, high]
     * @param step standard deviation of a first move, in the parameter's unit (in units of its natural logarithm where
     *     log), above 0; NaN chooses a sixth of the range, or 1 where it is not bounded on both sides
     */
    record Real(String name, double low, double high, boolean log, double initial, double step) implements Parameter {}

    /** A whole number; as {@link Real}, with bounds and initial value whole. */
    record Int(String name, double low, double high, boolean log, double initial, double step) implements Parameter {}

    /**
     * One of a number of options; a value is an option's index, 0 to options - 1.
     *
     * @param options at least 2
     * @param ordered whether neighbouring options are alike
     * @param initial index of the shipped option
     */
    record Choice(String name, int options, boolean ordered, double initial) implements Parameter {}
}
