package io.afterlearner.asktell;

/** Checks of a parameter's declaration, with messages that say how to fix it. */
final class Checks {

    private Checks() {}

    static IllegalArgumentException bad(String parameter, String what) {
        return new IllegalArgumentException("parameter " + parameter + ": " + what);
    }

    static void name(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a parameter's name is blank; give it one");
        }
    }

    static void range(String name, double low, double high, boolean log, double initial, double step) {
        if (!Double.isFinite(initial)) {
            throw bad(name, "initial is " + initial + "; give a finite number");
        }
        if (Double.isNaN(low) || Double.isNaN(high) || low > high) {
            throw bad(name, "range [" + low + ", " + high + "] is empty; give a low that is not above high");
        }
        if (initial < low || initial > high) {
            throw bad(name, "initial " + initial + " is outside [" + low + ", " + high + "]; widen the range");
        }
        if (log && low <= 0) {
            throw bad(name, "low is " + low + " on a log scale; give a low above 0");
        }
        if (step <= 0 || Double.isInfinite(step)) {
            throw bad(name, "step is " + step + "; give a finite step above 0, or NaN for the default");
        }
    }

    static void whole(String name, String what, double value) {
        if (!Parameter.isWhole(value)) {
            throw bad(name, what + " is " + value + "; give a whole number of at most 2^53");
        }
    }

    static void wholeOrInfinite(String name, String what, double value) {
        if (!Double.isInfinite(value)) {
            whole(name, what, value);
        }
    }
}
