package io.afterlearner.asktell;

/**
 * One dimension of a {@link Space}. Its values are doubles: the number itself, or the index of a choice. Every
 * constructor rejects invalid arguments with an {@link IllegalArgumentException} of one line that names the parameter.
 */
public sealed interface Parameter {

    /** Not blank; unique in its space. */
    String name();

    /** The shipped value: candidate 0 has it. */
    double initial();

    /** The least value; negative infinity if there is none. */
    double low();

    /** The greatest value; positive infinity if there is none. */
    double high();

    /** The number of values; positive infinity if unlimited. */
    default double values() {
        return low() == high() ? 1 : this instanceof Real ? Double.POSITIVE_INFINITY : high() - low() + 1;
    }

    /** Whether this parameter can take the value. */
    default boolean holds(double value) {
        return low() <= value && value <= high() && (this instanceof Real ? Double.isFinite(value) : isWhole(value));
    }

    /** Whether a value is a whole number that a double holds exactly: at most 2⁵³ in size. */
    static boolean isWhole(double value) {
        return Math.rint(value) == value && Math.abs(value) <= 0x1p53;
    }

    /** The same parameter with another shipped value, which must be valid. */
    Parameter startingAt(double value);

    /**
     * A real number.
     *
     * @param low least value, or negative infinity
     * @param high greatest value, or positive infinity
     * @param log whether distances are measured on a log scale; then low, high and initial are above 0 ({@link
     *     Double#MIN_NORMAL} is a low that never binds)
     * @param initial the shipped value, finite, in [low, high]
     * @param step standard deviation of a first move, in the parameter's unit (in units of its natural logarithm where
     *     log), above 0; NaN chooses a sixth of the range, or 1 where it is not bounded on both sides
     */
    record Real(String name, double low, double high, boolean log, double initial, double step) implements Parameter {
        public Real {
            Checks.name(name);
            Checks.range(name, low, high, log, initial, step);
        }

        @Override
        public Parameter startingAt(double value) {
            return new Real(name, low, high, log, value, step);
        }
    }

    /**
     * A whole number of at most 2⁵³ in size; as {@link Real}, with bounds (where finite) and initial value whole. A step
     * of NaN chooses at least a half, so that a narrow range is searched too.
     */
    record Int(String name, double low, double high, boolean log, double initial, double step) implements Parameter {
        public Int {
            Checks.name(name);
            Checks.range(name, low, high, log, initial, step);
            Checks.wholeOrInfinite(name, "low", low);
            Checks.wholeOrInfinite(name, "high", high);
            Checks.whole(name, "initial", initial);
        }

        @Override
        public Parameter startingAt(double value) {
            return new Int(name, low, high, log, value, step);
        }
    }

    /**
     * One of a number of options; a value is an option's index, 0 to options - 1.
     *
     * @param options 2 to {@link #MAX_OPTIONS}
     * @param ordered whether neighbouring options are alike
     * @param initial index of the shipped option
     */
    record Choice(String name, int options, boolean ordered, double initial) implements Parameter {

        public static final int MAX_OPTIONS = 1_000;

        public Choice {
            Checks.name(name);
            if (options < 2 || options > MAX_OPTIONS) {
                throw Checks.bad(name, "options is " + options + "; give 2 to " + MAX_OPTIONS);
            }
            if (!Parameter.isWhole(initial) || initial < 0 || initial >= options) {
                throw Checks.bad(name, "initial is " + initial + "; give an index from 0 to " + (options - 1));
            }
        }

        @Override
        public double low() {
            return 0;
        }

        @Override
        public double high() {
            return options - 1;
        }

        @Override
        public Parameter startingAt(double value) {
            return new Choice(name, options, ordered, value);
        }
    }
}
