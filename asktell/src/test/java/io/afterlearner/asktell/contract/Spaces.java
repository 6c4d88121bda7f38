package io.afterlearner.asktell.contract;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Spaces of every shape that the contract runs over. */
public final class Spaces {

    public static final double NONE = Double.POSITIVE_INFINITY;

    private Spaces() {}

    public static Parameter unbounded(String name) {
        return new Parameter.Real(name, -NONE, NONE, false, 0, 1);
    }

    public static Space reals(int dimension) {
        return new Space(
                IntStream.range(0, dimension).mapToObj(i -> unbounded("x" + i)).toList());
    }

    public static Space choices(int dimension, int options, boolean ordered) {
        return new Space(IntStream.range(0, dimension)
                .<Parameter>mapToObj(i -> new Parameter.Choice("c" + i, options, ordered, 0))
                .toList());
    }

    /** One of every kind, with awkward bounds. */
    public static Space mixed() {
        List<Parameter> all = new ArrayList<>();
        all.add(unbounded("free"));
        all.add(new Parameter.Real("cornered", 0, 1e-3, false, 0, 5));
        all.add(new Parameter.Real("odd", -0.1, 0.3, false, 0.1, Double.NaN));
        all.add(new Parameter.Real("half", 3, NONE, false, 3, 2));
        all.add(new Parameter.Real("below", -NONE, -1, false, -7, 0.1));
        all.add(new Parameter.Real("log", 1e-6, 10, true, 0.03, Double.NaN));
        all.add(new Parameter.Real("openlog", Double.MIN_NORMAL, NONE, true, 2, 3));
        all.add(new Parameter.Real("fixed", 4.2, 4.2, false, 4.2, Double.NaN));
        all.add(new Parameter.Int("int", -3, 9, false, 9, Double.NaN));
        all.add(new Parameter.Int("openint", -NONE, NONE, false, 12, 4));
        all.add(new Parameter.Int("logint", 1, 4096, true, 32, Double.NaN));
        all.add(new Parameter.Int("still", 7, 7, false, 7, Double.NaN));
        all.add(new Parameter.Choice("ordered", 5, true, 4));
        all.add(new Parameter.Choice("unordered", 3, false, 1));
        return new Space(all);
    }

    public static Map<String, Space> all() {
        Map<String, Space> all = new LinkedHashMap<>();
        all.put("one real", reals(1));
        all.put("seven reals", reals(7));
        all.put("one of every kind", mixed());
        all.put("one fixed", new Space(List.of(new Parameter.Real("fixed", 1, 1, false, 1, Double.NaN))));
        all.put("one switch", choices(1, 2, true));
        all.put("twelve unordered choices", choices(12, 4, false));
        all.put(
                "a range that overflows",
                new Space(List.of(new Parameter.Real(
                        "wide", -Double.MAX_VALUE, Double.MAX_VALUE, false, 0, Double.MAX_VALUE / 2))));
        return all;
    }
}
