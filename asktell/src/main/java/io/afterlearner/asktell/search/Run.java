package io.afterlearner.asktell.search;

import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.math.Generator;

/**
 * The input of an algorithm: one of the parallel runs of a {@link Problem}.
 *
 * @param index of the run, from 0
 */
public record Run(Problem problem, int index) {

    /** @throws IllegalArgumentException if a space has more coordinates than an algorithm takes */
    public static void requireAtMost(int most, int coordinates, String algorithm, String instead) {
        if (coordinates > most) {
            throw new IllegalArgumentException(algorithm + ": the space has " + coordinates
                    + " coordinates, more than its limit of " + most + "; use " + instead);
        }
    }

    public Space space() {
        return problem.space();
    }

    /** The expected number of asks of this run, at least 1. */
    public long budget() {
        return problem.budgetEach();
    }

    /** The expected number of this run's outstanding asks, at least 1. */
    public int parallelism() {
        return problem.parallelismEach();
    }

    public Problem.Noise noise() {
        return problem.noise();
    }

    /** The number of asks of this run before ask {@code number}, not counting ℵ₀: 0, 1, 2 and so on without gaps. */
    public long turn(long number) {
        return Math.max(0, number - 1) / problem.runs();
    }

    /** Random numbers of the run as a whole, independent of those of any ask and of another use; 0 or more. */
    public Generator ownGenerator(long use) {
        return new Generator(problem.seed(), -1L - index - use * Problem.MAX_RUNS);
    }
}
