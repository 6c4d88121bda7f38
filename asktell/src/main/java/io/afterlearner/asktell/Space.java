package io.afterlearner.asktell;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The space a study searches: its parameters in order, 1 to {@link #MAX_PARAMETERS} of them, no name twice. A point is a
 * {@code double[dimension()]}, a value for each.
 */
public record Space(List<Parameter> parameters) {

    public static final int MAX_PARAMETERS = 100_000;

    public Space {
        parameters = List.copyOf(parameters);
        if (parameters.isEmpty() || parameters.size() > MAX_PARAMETERS) {
            throw new IllegalArgumentException(
                    "space: it has " + parameters.size() + " parameters; give 1 to " + MAX_PARAMETERS);
        }
        Set<String> names = new HashSet<>();
        for (Parameter parameter : parameters) {
            if (!names.add(parameter.name())) {
                throw Checks.bad(parameter.name(), "declared twice; give each parameter its own name");
            }
        }
    }

    public int dimension() {
        return parameters.size();
    }

    /** ln of the number of points; positive infinity with a real parameter or an unbounded range. */
    public double logSize() {
        return parameters.stream()
                .mapToDouble(parameter -> StrictMath.log(parameter.values()))
                .sum();
    }

    /** A fresh copy of ℵ₀. */
    public double[] initial() {
        return parameters.stream().mapToDouble(Parameter::initial).toArray();
    }

    /**
     * The same space with another ℵ₀.
     *
     * @throws IllegalArgumentException if the point is not in this space
     */
    public Space startingAt(double[] point) {
        check(point);
        return new Space(IntStream.range(0, point.length)
                .mapToObj(i -> parameters.get(i).startingAt(point[i]))
                .toList());
    }

    /**
     * Checks that a point lies in this space.
     *
     * @throws IllegalArgumentException if its length is wrong, or a value is not finite, out of range or of the wrong
     *     kind; one line that names the first such parameter
     */
    public void check(double[] point) {
        if (point.length != dimension()) {
            throw new IllegalArgumentException(
                    "point: it has " + point.length + " values; give " + dimension() + ", one per parameter");
        }
        for (int i = 0; i < point.length; i++) {
            Parameter parameter = parameters.get(i);
            if (!parameter.holds(point[i])) {
                throw Checks.bad(parameter.name(), "cannot be " + point[i] + "; give a value of " + parameter);
            }
        }
    }
}
