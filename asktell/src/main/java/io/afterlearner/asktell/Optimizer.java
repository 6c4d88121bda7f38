package io.afterlearner.asktell;

/**
 * A black-box minimiser that is asked for points and told what they scored: any number of points outstanding, told in
 * any order or never. Its state is the left fold of its {@link #asked}, {@link #suggest} and {@code tell} calls: the same
 * calls give bit-identical state. Randomness of ask n comes from (seed, n) alone; telling draws none. Not thread-safe.
 */
public interface Optimizer {

    Space space();

    /**
     * The point ask {@code number} would return now, changing nothing: the oldest suggestion still waiting; else, for
     * number 0, ℵ₀; else a fresh sample.
     *
     * @param number 0 or more, not yet asked
     */
    double[] propose(long number);

    /** Registers {@code number} as outstanding at {@code point}; a waiting suggestion equal to the point is used up. */
    void asked(long number, double[] point);

    /** {@link #propose} and {@link #asked} in one. */
    default double[] ask(long number) {
        double[] point = propose(number);
        asked(number, point);
        return point;
    }

    /**
     * Tells the outcome of an outstanding number.
     *
     * @throws IllegalArgumentException if the number is not outstanding
     */
    void tell(long number, Outcome outcome);

    /** Tells the outcome of a point that was never asked. */
    void tell(double[] point, Outcome outcome);

    /** Puts a point in the queue of the next asks; at most 1,000 wait. */
    void suggest(double[] point);

    /** The point to use now: ℵ₀ until something was told. */
    double[] recommend();

    /** How many numbers are asked and not told. */
    int outstanding();
}
