package io.afterlearner.asktell;

/**
 * What an algorithm is made for: one of the runs of a {@link Problem}.
 *
 * @param run which of the runs side by side, 0 to their number less 1
 */
record Plan(Problem problem, int run) {

    Space space() {
        return problem.space();
    }

    /** How many asks this run is expected to get, at least 1. */
    long budget() {
        return problem.budgetEach();
    }

    /** How many of them will be outstanding at once, at least 1. */
    int parallelism() {
        return problem.parallelismEach();
    }

    Problem.Noise noise() {
        return problem.noise();
    }

    /** How many asks this run had before ask {@code number}, ℵ₀ not counted: 0, 1, 2 and so on without gaps. */
    long turn(long number) {
        return Math.max(0, number - 1) / problem.runs();
    }

    /**
     * Randomness of the run as a whole.
     *
     * @param use 0 or more; each has randomness of its own, and no ask has it
     */
    Generator ownGenerator(long use) {
        return new Generator(problem.seed(), -1L - run - use * Problem.MOST_RUNS);
    }
}
