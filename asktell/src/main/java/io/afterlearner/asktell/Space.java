package io.afterlearner.asktell;

import java.util.List;

/** The space a study searches: its parameters in order. A point is a {@code double[dimension()]}, a value for each. */
public record Space(List<Parameter> parameters) {

    public Space {
        parameters = List.copyOf(parameters);
    }

    public int dimension() {
        return parameters.size();
    }

    /** A fresh copy of ℵ₀. */
    public double[] initial() {
        return parameters.stream().mapToDouble(Parameter::initial).toArray();
    }
}
