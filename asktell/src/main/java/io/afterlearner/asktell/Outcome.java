package io.afterlearner.asktell;

import java.util.List;

/** What an optimizer is told about a point. */
public sealed interface Outcome {

    /**
     * A loss.
     *
     * @param loss finite; lower is better
     * @param standardError standard deviation of the loss over evaluations of the same point, at least 0; {@link Double#NaN} if
     *     unknown, which is the library's only representation of an unknown error. The error of a mean over examples that are
     *     the same for every point does not count: use 0 or NaN
     * @param constraints as many finite values as {@link Problem#constraints}, in any unit, each satisfied if at most 0, such as
     *     {@code latency / baseline - 1.02}
     */
    record Measured(double loss, double standardError, List<Double> constraints) implements Outcome {
        public Measured {
            if (!Double.isFinite(loss)) {
                throw new IllegalArgumentException("loss is " + loss + "; give a finite number, or tell Failed");
            }
            if (standardError < 0 || Double.isInfinite(standardError)) {
                throw new IllegalArgumentException(
                        "standardError is " + standardError + "; give 0 or more, or NaN if unknown");
            }
            constraints = List.copyOf(constraints);
            for (double value : constraints) {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "a constraint value is " + value + "; give a finite number, or tell Failed");
                }
            }
        }

        /** A loss without constraint values. */
        public Measured(double loss, double standardError) {
            this(loss, standardError, List.of());
        }
    }

    /** No loss: the evaluation failed or never returned. */
    record Failed() implements Outcome {}
}
