package io.afterlearner.asktell;

/**
 * A black-box minimiser that is asked for points and told what they scored: any number of points outstanding, told in
 * any order or never. Its state is the left fold of its {@link #asked}, {@link #suggest} and {@code tell} calls: the same
 * calls give bit-identical state. Randomness of ask n comes from (seed, n) alone; telling draws none. Memory does not grow
 * with what was told: it holds what is outstanding or suggested, some dozens of the best points, what the algorithm needs
 * (QuadraticRegression, and Adaptive with it, the latest 1,000 points) and the latest 1,000 points where there are told
 * constraints. A call that throws changes nothing. Not thread-safe.
 *
 * <p>A point is feasible if it lies in the space and passes {@link Problem#feasible}: only such points are asked, suggested
 * or told.
 */
public interface Optimizer {

    /** At most so many suggestions wait. */
    int MOST_SUGGESTIONS = 1_000;

    /** At most so many numbers are outstanding. */
    int MOST_OUTSTANDING = 100_000;

    Space space();

    /**
     * The point ask {@code number} would return now, changing nothing: for number 0, ℵ₀; else the oldest suggestion still
     * waiting; else a fresh sample.
     *
     * @param number 0 or more, not yet asked
     * @return a fresh array that is feasible
     */
    double[] propose(long number);

    /**
     * Registers {@code number} as outstanding at {@code point}; the oldest waiting suggestion equal to the point is used
     * up.
     *
     * @throws IllegalArgumentException if the number is below 0 or outstanding, or the point not feasible
     * @throws IllegalStateException if {@link #MOST_OUTSTANDING} are outstanding
     */
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
     * @throws IllegalArgumentException if the number is not outstanding, or there are not as many constraint values as
     *     {@link Problem#constraints} says
     */
    void tell(long number, Outcome outcome);

    /**
     * Tells the outcome of a point that was never asked.
     *
     * @throws IllegalArgumentException if the point is not feasible, or as above
     */
    void tell(double[] point, Outcome outcome);

    /**
     * Puts a point in the queue of the next asks.
     *
     * @throws IllegalArgumentException if the point is not feasible
     * @throws IllegalStateException if {@link #MOST_SUGGESTIONS} wait
     */
    void suggest(double[] point);

    /**
     * The point to use now; ℵ₀ until a loss was told. As long as noise is neither declared nor seen (in a point told two
     * losses, or a standard error above 0), or {@link Problem.Noise#NONE} is declared, it is {@link #best}. Else noise chooses
     * which loss is the lowest, and it is the mean of a population or the minimum of a model where the algorithm has one,
     * which may never have been asked, or the point whose loss has the lowest upper end of a confidence interval, as wide as
     * the luckiest of all draws told is lucky. With told constraints it is always a point told, whose constraints are
     * satisfied, under noise up to the ends of such intervals; ℵ₀ where there is none.
     */
    double[] recommend();

    /**
     * The point told the lowest loss with all constraints satisfied, of equals the first; ℵ₀ where there is none. Under
     * noise, a lucky one.
     */
    double[] best();

    /**
     * How much the search may have adapted to the losses it was told, for a bound on overfitting. Where all that becomes of
     * losses is the outcomes of comparisons and tests, of which each has finitely many, the points depend on nothing but
     * the sequence of outcomes: this is its length in a code whose probabilities exp(−nats) sum to at most 1 over all
     * sequences; or it is ln of the number of points in the space, if that is less. Which of n told points is chosen at the end takes another ln n. Failures count as outcomes. The order in
     * which tells come, what is suggested or told from outside, and how many are asked must not depend on the examples
     * behind the losses.
     *
     * @param number an ask; of several runs, the one that it belongs to counts
     * @return nats, at least 0; 0 where no point depends on a loss; positive infinity where there is no end to the points
     *     of the space, and those asked depend on the values of losses, or on told constraints
     */
    double learnedNats(long number);

    /** Which algorithm searches, why, and what of it leads now where that changes on the way: one line for the user. */
    String explanation();

    /** How many numbers are asked and not told. */
    int outstanding();
}
