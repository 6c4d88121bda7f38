package io.afterlearner.asktell;

/** Checks of a parameter's declaration, with messages that say how to fix it. */
public final class Checks {

    /** Up to here every whole number is a double. */
    private static final double MOST_WHOLE = 0x1p53;

    private Checks() {}

    static IllegalArgumentException bad(String parameter, String what) {
        return new IllegalArgumentException("parameter " + parameter + ": " + what);
    }

    static void name(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a parameter's name is blank: give it one");
        }
    }

    static void range(String name, double low, double high, boolean log, double initial, double step) {
        if (!Double.isFinite(initial)) {
            throw bad(name, "initial is " + initial + ": give a finite number");
        }
        if (Double.isNaN(low) || Double.isNaN(high) || low > high) {
            throw bad(name, "range [" + low + ", " + high + "] is empty: low must not be above high");
        }
        if (initial < low || initial > high) {
            throw bad(name, "initial " + initial + " is outside [" + low + ", " + high + "]: widen the range");
        }
        if (log && low <= 0) {
            throw bad(name, "low is " + low + " on a log scale: give a low above 0");
        }
        if (step <= 0 || Double.isInfinite(step)) {
            throw bad(name, "step is " + step + ": give a finite step above 0, or NaN to have it chosen");
        }
    }

    static boolean isWhole(double value) {
        return Math.rint(value) == value && Math.abs(value) <= MOST_WHOLE;
    }

    static void whole(String name, String what, double value) {
        if (!isWhole(value)) {
            throw bad(name, what + " is " + value + ": give a whole number of at most 2^53");
        }
    }

    static void wholeOrInfinite(String name, String what, double value) {
        if (!Double.isInfinite(value)) {
            whole(name, what, value);
        }
    }
}
