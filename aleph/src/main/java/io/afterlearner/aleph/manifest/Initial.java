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
        double[] candidate = new double[p.offset() + p.initial().length];
        for (int i = 0; i < p.initial().length; i++) {
            double value = given(e.initial(), i);
            if (!Double.isFinite(value))
                throw Entries.wrong(e, "initial", "has the initial value " + value, "give a finite one");
            candidate[p.offset() + i] = value;
        }
        Arrays.fill(p.initial(), Double.NaN);
        p.fill(candidate, p.shipped().data());
    }

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
                        "has different shipped values for one parameter",
                        "use per: element, or transform: shift or scale");
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
        String what = p.isValue() ? "has the shipped value " + value : "is as shipped if the parameter is " + value;
        if (!Double.isFinite(value))
            throw Entries.wrong(
                    e,
                    "range",
                    what + ", from which a search cannot start",
                    "use shift or scale, or a slice without this value");
        if (e.log() && value <= 0)
            throw Entries.wrong(e, "log", what + ", which a log scale cannot represent", "omit log");
        if (p.isInteger() && value != Math.rint(value))
            throw Entries.wrong(e, "integer", what + ", which is not an integer", "omit integer");
        // A bound such as 0.1 is not a float: compare as the tensor would store both.
        if (at(type, value) < at(type, e.low()) || at(type, value) > at(type, e.high()))
            throw Entries.wrong(
                    e,
                    "range",
                    what + ", outside the range [" + e.low() + ", " + e.high() + "]",
                    "widen the range to include it");
        return Math.min(Math.max(value, e.low()), e.high());
    }

    private static double index(Parameters p, double value) {
        List<Double> choices = p.entry().choices();
        ElementType type = p.shipped().type();
        for (int i = 0; i < choices.size(); i++) if (at(type, choices.get(i)) == at(type, value)) return i;
        throw Entries.wrong(
                p.entry(),
                "choices",
                "has the choices " + choices + " without its shipped value " + value,
                "add it to choices");
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
                    "has " + given + " initial values for " + p.initial().length + " parameters",
                    "give one, or one per parameter");
    }

    private static double given(List<Double> initial, int i) {
        return initial.get(initial.size() == 1 ? 0 : i);
    }

    private static void compare(Parameters p) {
        checkCount(p);
        ElementType type = p.shipped().type();
        for (int i = 0; i < p.initial().length; i++) {
            double given = given(p.entry().initial(), i);
            if (at(type, given) != at(type, p.initial()[i]))
                throw Entries.wrong(
                        p.entry(),
                        "initial",
                        "has the initial value " + given + ", but its shipped value is " + p.initial()[i],
                        "omit initial");
        }
    }
}
