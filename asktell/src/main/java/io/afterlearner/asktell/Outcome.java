package io.afterlearner.asktell;

import java.util.List;

/** What an optimizer is told about a point. */
public sealed interface Outcome {

    /**
     * A loss.
     *
     * @param loss finite; lower is better
     * @param standardError how far another evaluation of the same point may differ, as a standard deviation, at least 0; NaN
     *     where unknown. The error of a mean over examples that are the same for every point is none of it: 0, or NaN
     * @param constraints as many finite values as {@link Problem#constraints} says, in any unit: each is satisfied up to 0,
     *     as {@code latency / baseline - 1.02} is
     */
    record Measured(double loss, double standardError, List<Double> constraints) implements Outcome {
        public Measured {
            if (!Double.isFinite(loss)) {
                throw new IllegalArgumentException("a loss must be finite, not " + loss + "; tell Failed instead");
            }
            if (standardError < 0 || Double.isInfinite(standardError)) {
                throw new IllegalArgumentException(
                        "a standard error must be 0 or more, or NaN where unknown, not " + standardError);
            }
            constraints = List.copyOf(constraints);
            for (double value : constraints) {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "a constraint's value must be finite, not " + value + "; tell Failed instead");
                }
            }
        }

        /** A loss of a problem without told constraints. */
        public Measured(double loss, double standardError) {
            this(loss, standardError, List.of());
        }
    }

    /** No loss: the point could not be evaluated, or never came back. */
    record Failed() implements Outcome {}
}
