package io.afterlearner.asktell;

import java.util.function.Predicate;

/**
 * What an optimizer is told in advance.
 *
 * @param space the space to search
 * @param budget how many asks are planned, 1 to {@link #MAX_BUDGET}; a hint, not a limit
 * @param parallelism how many points will be outstanding at once, 1 to {@link #MAX_PARALLELISM}; a hint, not a
 *     limit
 * @param seed of all randomness
 * @param runs independent searches side by side, 1 to {@link #MAX_RUNS}, which share the budget and the parallelism. Ask n
 *     goes to run n mod runs; ℵ₀ and points from outside are told to all runs; the recommendation is the best of all runs
 * @param noise whether evaluating a point twice may give different losses
 * @param feasible which points of the space may be asked, for constraints known without an evaluation. Must be pure and pass
 *     ℵ₀; called some hundred times per ask if few points pass
 * @param constraints how many measured constraint values come with each loss, 0 to {@link #MAX_CONSTRAINTS}; see {@link
 *     Outcome.Measured#constraints}
 */
public record Problem(
        Space space,
        long budget,
        int parallelism,
        long seed,
        int runs,
        Noise noise,
        Predicate<double[]> feasible,
        int constraints) {

    /** At most this many asks are planned. */
    public static final long MAX_BUDGET = 10_000_000;

    /** At most this many points outstanding at once. */
    public static final int MAX_PARALLELISM = 4_096;

    /** At most this many runs. */
    public static final int MAX_RUNS = 100;

    /** At most this many measured constraints. */
    public static final int MAX_CONSTRAINTS = 100;

    /** The predicate that every point of the space passes. */
    public static final Predicate<double[]> ANYWHERE = point -> true;

    /** Whether evaluating one point twice may give different losses. */
    public enum Noise {
        /** Detected from the losses told. */
        UNKNOWN,
        /** Never. */
        NONE,
        /** Yes: the lowest loss told is a lucky one. */
        SOME
    }

    /** @throws IllegalArgumentException if a number is out of range; one line */
    public Problem {
        if (budget < 1 || budget > MAX_BUDGET) {
            throw new IllegalArgumentException("budget is " + budget + "; give 1 to " + MAX_BUDGET);
        }
        if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
            throw new IllegalArgumentException("parallelism is " + parallelism + "; give 1 to " + MAX_PARALLELISM);
        }
        if (runs < 1 || runs > MAX_RUNS) {
            throw new IllegalArgumentException("runs is " + runs + "; give 1 to " + MAX_RUNS);
        }
        if (constraints < 0 || constraints > MAX_CONSTRAINTS) {
            throw new IllegalArgumentException("constraints is " + constraints + "; give 0 to " + MAX_CONSTRAINTS);
        }
    }

    /** One run, no constraints, noise detected automatically. */
    public static Problem of(Space space, long budget, int parallelism, long seed) {
        return new Problem(space, budget, parallelism, seed, 1, Noise.UNKNOWN, ANYWHERE, 0);
    }

    public Problem withRuns(int runs) {
        return new Problem(space, budget, parallelism, seed, runs, noise, feasible, constraints);
    }

    public Problem withNoise(Noise noise) {
        return new Problem(space, budget, parallelism, seed, runs, noise, feasible, constraints);
    }

    public Problem withFeasible(Predicate<double[]> feasible) {
        return new Problem(space, budget, parallelism, seed, runs, noise, feasible, constraints);
    }

    public Problem withConstraints(int constraints) {
        return new Problem(space, budget, parallelism, seed, runs, noise, feasible, constraints);
    }

    public Problem withSpace(Space other) {
        return new Problem(other, budget, parallelism, seed, runs, noise, feasible, constraints);
    }

    /** Whether any point of the space may be asked. */
    public boolean feasibleAnywhere() {
        return feasible == ANYWHERE;
    }

    /** The share of the budget that each run gets, rounded up. */
    public long budgetEach() {
        return budget / runs + (budget % runs > 0 ? 1 : 0);
    }

    /** The share of the parallelism that each run gets, rounded up. */
    public int parallelismEach() {
        return parallelism / runs + (parallelism % runs > 0 ? 1 : 0);
    }
}
