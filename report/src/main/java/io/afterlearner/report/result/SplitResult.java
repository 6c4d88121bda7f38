package io.afterlearner.report.result;

import org.jspecify.annotations.Nullable;

/**
 * The shipped model and the best candidate on one split.
 *
 * @param baseline the shipped model's loss
 * @param difference candidate minus shipped; negative is better
 */
public record SplitResult(Measured baseline, Measured candidate, Measured difference, int examples) {

    /**
     * A number with its 95% interval over the draw of the examples.
     *
     * @param interval null if unknown
     */
    public record Measured(double value, @Nullable Interval interval) {}

    /** Both ends are finite. */
    public record Interval(double low, double high) {

        /** @return null unless both ends are finite */
        public static @Nullable Interval of(double low, double high) {
            return Double.isFinite(low) && Double.isFinite(high) ? new Interval(low, high) : null;
        }
    }
}
