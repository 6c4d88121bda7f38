package io.afterlearner.openfeature;

import dev.openfeature.sdk.Value;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One entry of a study's {@code aleph}: some of the values that an assignment has.
 *
 * @param shipped ℵ₀, row-major; for choices, the index of the shipped one
 * @param choices what the served index stands for; empty if the served value is the parameter itself
 */
record Group(String name, List<Double> shipped, List<Double> choices) {

    Group {
        shipped = List.copyOf(shipped);
        choices = List.copyOf(choices);
        if (name.isBlank() || shipped.isEmpty()) {
            throw new IllegalArgumentException("group \"" + name + "\" has " + shipped.size()
                    + " values; give a name, and the shipped value of each parameter");
        }
    }

    int size() {
        return shipped.size();
    }

    /** What a value stands for, as people write it. */
    double meaning(double served) {
        return !choices.isEmpty() && served == Math.rint(served) && isIndex(served)
                ? choices.get((int) served)
                : served;
    }

    /** Whether the study can mean this group by its values. */
    boolean fits(double[] values, int from) {
        return choices.isEmpty() || (values[from] == Math.rint(values[from]) && isIndex(values[from]));
    }

    private boolean isIndex(double value) {
        return value >= 0 && value < choices.size();
    }

    /** A number, or a list of numbers if the group has several parameters. */
    Value value(double[] values, int from) {
        return size() == 1
                ? number(values[from])
                : new Value(IntStream.range(from, from + size())
                        .mapToObj(i -> number(values[i]))
                        .toList());
    }

    private Value number(double served) {
        return new Value(choices.isEmpty() ? Double.valueOf(served) : choices.get((int) served));
    }
}
