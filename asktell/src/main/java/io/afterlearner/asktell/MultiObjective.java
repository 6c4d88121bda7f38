package io.afterlearner.asktell;

import java.util.List;

/**
 * A black-box minimiser of several losses at once, which finds the trade-offs between them. Like {@link Optimizer}, it is
 * asked for points and told what they scored, with any number outstanding, in any order or never. The same calls give
 * bit-identical state. A call that throws changes nothing. Not thread-safe. Only points that pass {@link Problem#feasible}
 * are asked or told.
 */
public interface MultiObjective {

    /** At most this many losses. */
    int MAX_OBJECTIVES = 10;

    /** At most this many points are kept as the front; the most crowded ones are dropped first. */
    int MAX_IN_FRONT = 200;

    /** A point with its losses. */
    record Trade(double[] point, double[] losses) {
        public Trade {
            point = point.clone();
            losses = losses.clone();
        }

        @Override
        public double[] point() {
            return point.clone();
        }

        @Override
        public double[] losses() {
            return losses.clone();
        }
    }

    /**
     * Returns the point that ask {@code number} would return now, and changes nothing: ℵ₀ for number 0, otherwise a sample.
     *
     * @param number 0 or more
     */
    double[] propose(long number);

    /**
     * Registers {@code number} as outstanding at {@code point}.
     *
     * @throws IllegalArgumentException if the number is below 0 or outstanding, or the point is not feasible
     * @throws IllegalStateException if {@link Optimizer#MAX_OUTSTANDING} are outstanding
     */
    void asked(long number, double[] point);

    /** {@link #propose} and {@link #asked} in one call. */
    default double[] ask(long number) {
        double[] point = propose(number);
        asked(number, point);
        return point;
    }

    /**
     * Tells the losses of an outstanding number.
     *
     * @param losses one finite number per objective; lower is better
     * @param values one finite number per constraint ({@link Problem#constraints}), satisfied if at most 0
     * @throws IllegalArgumentException if the number is not outstanding, or there are too few, too many or non-finite losses
     *     or values
     */
    void tell(long number, double[] losses, double... values);

    /** Tells that an outstanding number has no losses. */
    void fail(long number);

    /**
     * Tells the losses of a point that was never asked.
     *
     * @throws IllegalArgumentException if the point is not feasible, or as above
     */
    void tell(double[] point, double[] losses, double... values);

    /**
     * The points told that satisfy all constraints and that no other such point dominates, in the order told. Of points with
     * equal losses, the first.
     */
    List<Trade> front();

    /** How many numbers are asked and neither told nor failed. */
    int outstanding();
}
