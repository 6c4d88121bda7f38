package io.afterlearner.asktell;

/**
 * A black-box minimiser that is asked for points and told what they scored: any number of points outstanding, told in
 * any order or never. Its state is the left fold of its {@link #asked}, {@link #suggest} and {@code tell} calls: the same
 * calls give bit-identical state. Randomness of ask n comes from (seed, n) alone; telling draws none. Memory holds what
 * is outstanding or suggested, not what was told. A call that throws changes nothing. Not thread-safe.
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
     * @return a fresh array that lies in the space
     */
    double[] propose(long number);

    /**
     * Registers {@code number} as outstanding at {@code point}; the oldest waiting suggestion equal to the point is used
     * up.
     *
     * @throws IllegalArgumentException if the number is below 0 or outstanding, or the point not in the space
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
     * @throws IllegalArgumentException if the number is not outstanding
     */
    void tell(long number, Outcome outcome);

    /**
     * Tells the outcome of a point that was never asked.
     *
     * @throws IllegalArgumentException if the point is not in the space
     */
    void tell(double[] point, Outcome outcome);

    /**
     * Puts a point in the queue of the next asks.
     *
     * @throws IllegalArgumentException if the point is not in the space
     * @throws IllegalStateException if {@link #MOST_SUGGESTIONS} wait
     */
    void suggest(double[] point);

    /**
     * The point to use now; ℵ₀ until a loss was told. As long as no point was told two losses and none came with a standard
     * error, it is {@link #best}. Else noise chooses which loss is the lowest, and it is the mean of a population or the
     * minimum of a model where the algorithm has one, which may never have been asked, or the point whose mean loss is the
     * lowest after two standard errors are added.
     */
    double[] recommend();

    /** The point told the lowest loss, of equals the first; ℵ₀ until a loss was told. Under noise, a lucky one. */
    double[] best();

    /**
     * How much the search may have adapted to the losses it was told, for a bound on overfitting. Where all that becomes of
     * losses is the outcomes of comparisons and tests, of which each has finitely many, the points depend on nothing but
     * the sequence of outcomes: this is its length in a code whose probabilities exp(−nats) sum to at most 1 over all
     * sequences. Which of n told points is chosen at the end takes another ln n. Failures count as outcomes. The order in
     * which tells come, what is suggested or told from outside, and how many are asked must not depend on the examples
     * behind the losses.
     *
     * @param number an ask; of several runs, the one that it belongs to counts
     * @return nats, at least 0; 0 where no point depends on a loss; positive infinity where points depend on the values of
     *     losses
     */
    double learnedNats(long number);

    /** How many numbers are asked and not told. */
    int outstanding();
}
