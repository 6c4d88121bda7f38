package io.afterlearner.asktell.search;

import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.math.Generator;

/**
 * What an algorithm is made for: one of the runs of a {@link Problem}.
 *
 * @param index which of the runs side by side, 0 to their number less 1
 */
public record Run(Problem problem, int index) {

    public Space space() {
        return problem.space();
    }

    /** How many asks this run is expected to get, at least 1. */
    public long budget() {
        return problem.budgetEach();
    }

    /** How many of them will be outstanding at once, at least 1. */
    public int parallelism() {
        return problem.parallelismEach();
    }

    public Problem.Noise noise() {
        return problem.noise();
    }

    /** How many asks this run had before ask {@code number}, ℵ₀ not counted: 0, 1, 2 and so on without gaps. */
    public long turn(long number) {
        return Math.max(0, number - 1) / problem.runs();
    }

    /**
     * Randomness of the run as a whole.
     *
     * @param use 0 or more; each has randomness of its own, and no ask has it
     */
    public Generator ownGenerator(long use) {
        return new Generator(problem.seed(), -1L - index - use * Problem.MOST_RUNS);
    }
}
