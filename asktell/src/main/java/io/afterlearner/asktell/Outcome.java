package io.afterlearner.asktell;

/** What an optimizer is told about a point. */
public sealed interface Outcome {

    /**
     * A loss.
     *
     * @param loss finite; lower is better
     * @param standardError of the loss, at least 0; NaN where unknown
     */
    record Measured(double loss, double standardError) implements Outcome {
        public Measured {
            if (!Double.isFinite(loss)) {
                throw new IllegalArgumentException("a loss must be finite, not " + loss + "; tell Failed instead");
            }
            if (standardError < 0 || Double.isInfinite(standardError)) {
                throw new IllegalArgumentException(
                        "a standard error must be 0 or more, or NaN where unknown, not " + standardError);
            }
        }
    }

    /** No loss: the point could not be evaluated, or never came back. */
    record Failed() implements Outcome {}
}
