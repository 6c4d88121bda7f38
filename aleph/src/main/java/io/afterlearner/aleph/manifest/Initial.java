package io.afterlearner.aleph.manifest;

import io.afterlearner.aleph.Tensor.ElementType;
import java.util.Arrays;
import java.util.List;

/** Finds ℵ₀, the parameter values that reproduce the shipped tensor, and checks it against range and choices. */
final class Initial {
    private Initial() {}

    /** Gives a graph input the values its entry states, as if the model had shipped them. */
    static void ship(Parameters p) {
        AlephEntry e = p.entry();
        checkCount(p);
        double[] wanted = new double[p.initial().length];
        for (int i = 0; i < wanted.length; i++) wanted[i] = given(e.initial(), i);
        for (double value : wanted)
            if (!Double.isFinite(value))
                throw Entries.wrong(e, "initial", "has the initial value " + value + ": give a finite one");
        double[] candidate = new double[p.offset() + wanted.length];
        System.arraycopy(wanted, 0, candidate, p.offset(), wanted.length);
        Arrays.fill(p.initial(), Double.NaN);
        p.fill(candidate, p.shipped().data());
    }

    /** Sets the parameters' initial values. */
    static void set(Parameters p) {
        AlephEntry e = p.entry();
        boolean[] seen = new boolean[p.initial().length];
        for (int k = 0; k < p.elements(); k++) {
            int share = p.share(k);
            if (!p.isValue() && seen[share]) continue;
            double value = neutral(p, k);
            double initial = e.choices().isEmpty() ? inRange(p, value) : index(p, value);
            if (seen[share] && initial != p.initial()[share])
                throw Entries.wrong(
                        e,
                        "per",
                        "ships different values that one parameter would share: use per: element, or transform: shift or scale");
            p.initial()[share] = initial;
            seen[share] = true;
        }
        if (!e.initial().isEmpty()) compare(p);
    }

    private static double neutral(Parameters p, int k) {
        return switch (p.entry().transform()) {
            case VALUE -> p.shipped(k);
            case SHIFT -> 0;
            case SCALE -> 1;
        };
    }

    private static double inRange(Parameters p, double value) {
        AlephEntry e = p.entry();
        ElementType type = p.shipped().type();
        String what = p.isValue() ? "ships the value " + value : "is shipped where the parameter is " + value;
        if (!Double.isFinite(value))
            throw Entries.wrong(
                    e, "range", what + ", which a search cannot start from: use shift or scale, or a slice without it");
        if (e.log() && value <= 0)
            throw Entries.wrong(e, "log", what + ", which has no place on a log scale: leave log out");
        if ((e.integer() || IntegerRange.isInteger(type)) && value != Math.rint(value))
            throw Entries.wrong(e, "integer", what + ", no integer: leave integer out");
        // A bound such as 0.1 is not a float: compare as the tensor would store both.
        if (at(type, value) < at(type, e.low()) || at(type, value) > at(type, e.high()))
            throw Entries.wrong(
                    e,
                    "range",
                    what + ", outside the range [" + e.low() + ", " + e.high()
                            + "]: widen it to contain what is shipped");
        return Math.min(Math.max(value, e.low()), e.high());
    }

    private static double index(Parameters p, double value) {
        List<Double> choices = p.entry().choices();
        ElementType type = p.shipped().type();
        for (int i = 0; i < choices.size(); i++) if (at(type, choices.get(i)) == at(type, value)) return i;
        throw Entries.wrong(
                p.entry(),
                "choices",
                "has the choices " + choices + " without " + value + ", which is what is shipped: add it");
    }

    private static double at(ElementType type, double value) {
        return type == ElementType.FLOAT ? (float) value : value;
    }

    private static void checkCount(Parameters p) {
        int given = p.entry().initial().size();
        if (given != 1 && given != p.initial().length)
            throw Entries.wrong(
                    p.entry(),
                    "initial",
                    "has " + given + " initial values for " + p.initial().length
                            + " parameters: give one, or one for each");
    }

    private static double given(List<Double> initial, int i) {
        return initial.get(initial.size() == 1 ? 0 : i);
    }

    private static void compare(Parameters p) {
        checkCount(p);
        ElementType type = p.shipped().type();
        for (int i = 0; i < p.initial().length; i++)
            if (at(type, given(p.entry().initial(), i)) != at(type, p.initial()[i]))
                throw Entries.wrong(
                        p.entry(),
                        "initial",
                        "has the initial value " + given(p.entry().initial(), i) + " where " + p.initial()[i]
                                + " is what is shipped: leave initial out");
    }
}
