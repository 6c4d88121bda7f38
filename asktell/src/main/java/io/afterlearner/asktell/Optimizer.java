package io.afterlearner.asktell;

/**
 * A black-box minimiser that is asked for points and told their losses. Any number of points may be outstanding, told in any
 * order or never. The state is the left fold of the {@link #asked}, {@link #suggest} and {@code tell} calls: the same calls
 * give bit-identical state. Randomness of ask n comes from (seed, n) alone; telling draws none. A call that throws changes
 * nothing. Not thread-safe.
 *
 * <p>Memory does not grow with the number of tells. An optimizer keeps outstanding and suggested points, a few dozen of the
 * best points, the state of its algorithm ({@code QuadraticRegression} and {@code Adaptive}: the latest 1,000 points), and
 * the latest 1,000 points if there are told constraints.
 *
 * <p>A point is feasible if it lies in the space and passes {@link Problem#feasible}. Only feasible points are asked,
 * suggested or told.
 */
public interface Optimizer {

    /** At most this many suggestions are waiting. */
    int MAX_SUGGESTIONS = 1_000;

    /** At most this many numbers are outstanding. */
    int MAX_OUTSTANDING = 100_000;

    Space space();

    /**
     * Returns the point that ask {@code number} would return now, and changes nothing. For number 0 it is ℵ₀, otherwise the
     * oldest waiting suggestion, otherwise a new sample.
     *
     * @param number 0 or more, not yet asked
     * @return a new array with a feasible point
     */
    double[] propose(long number);

    /**
     * Registers {@code number} as outstanding at {@code point}. Removes the oldest waiting suggestion equal to the point.
     *
     * @throws IllegalArgumentException if the number is below 0 or outstanding, or the point is not feasible
     * @throws IllegalStateException if {@link #MAX_OUTSTANDING} numbers are outstanding
     */
    void asked(long number, double[] point);

    /** {@link #propose} and {@link #asked} in one call. */
    default double[] ask(long number) {
        double[] point = propose(number);
        asked(number, point);
        return point;
    }

    /**
     * Tells the outcome of an outstanding number.
     *
     * @throws IllegalArgumentException if the number is not outstanding, or the number of constraint values is not
     *     {@link Problem#constraints}
     */
    void tell(long number, Outcome outcome);

    /**
     * Tells the outcome of a point that was never asked.
     *
     * @throws IllegalArgumentException if the point is not feasible, or as above
     */
    void tell(double[] point, Outcome outcome);

    /**
     * Appends a point to the queue of points that the next asks return.
     *
     * @throws IllegalArgumentException if the point is not feasible
     * @throws IllegalStateException if {@link #MAX_SUGGESTIONS} are waiting
     */
    void suggest(double[] point);

    /**
     * The point to use now; ℵ₀ until a loss was told.
     *
     * <p>Without noise it is {@link #best}. Losses are noisy if {@link Problem.Noise#SOME} is declared, or a point was told two
     * different losses or a standard error above 0, unless {@link Problem.Noise#NONE} is declared. Then the lowest loss told is
     * a lucky one. The recommended point is the mean of the population or the minimum of the model if the algorithm has one,
     * possibly a point that was never asked. Otherwise it is the told point with the lowest upper end of a confidence interval,
     * which is wide enough for the number of losses told.
     *
     * <p>With told constraints it is always a told point that satisfies them, under noise up to the upper ends of their
     * confidence intervals; ℵ₀ if there is none.
     */
    double[] recommend();

    /**
     * The point with the lowest loss told, with all constraints satisfied; the first of equal ones. ℵ₀ if there is none. Under
     * noise its loss is a lucky one.
     */
    double[] best();

    /**
     * How much the search may have adapted to the losses it was told, for a bound on overfitting (docs/optimizers.md).
     *
     * <p>If an algorithm only compares or tests losses, its points depend on nothing but the sequence of outcomes of these
     * comparisons. The result is the length of that sequence in a code whose probabilities exp(−nats) sum to at most 1 over all
     * sequences, or ln of the number of points in the space if that is less. Choosing one of n told points at the end costs
     * another ln n. Failures count as outcomes. The bound assumes that the order of tells, suggestions, points told from outside
     * and the number of asks do not depend on the examples behind the losses.
     *
     * @param number an ask; with several runs, the run it belongs to counts
     * @return nats, at least 0; 0 if no point depends on a loss; positive infinity if the space is infinite and the algorithm
     *     uses the values of losses, or there are told constraints
     */
    double learnedNats(long number);

    /** One line for the user: which algorithm searches, why, and which part of it leads now if that changes. */
    String explanation();

    /** How many numbers are asked and not told. */
    int outstanding();
}
