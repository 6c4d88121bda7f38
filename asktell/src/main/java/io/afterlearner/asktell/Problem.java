package io.afterlearner.asktell;

/**
 * What is to be minimised, as far as an optimizer is told beforehand.
 *
 * @param space what is searched
 * @param budget how many asks are planned, at least 1; a hint, never a limit
 * @param parallelism how many points will be outstanding at once, at least 1; a hint, never a limit
 * @param seed of all randomness
 * @param runs independent searches side by side, 1 to {@link #MOST_RUNS}, which share the budget and the parallelism: ask n
 *     goes to run n mod runs, ℵ₀ and points from outside are told to all, and the recommendation is the best of all
 * @param noise whether one point evaluated twice has one loss
 */
public record Problem(Space space, long budget, int parallelism, long seed, int runs, Noise noise) {

    /** At most so many runs side by side. */
    public static final int MOST_RUNS = 100;

    /** Whether losses of one point differ. */
    public enum Noise {
        /** To be found out. */
        UNKNOWN,
        /** They never do. */
        NONE,
        /** They do: the lowest loss told is a lucky one. */
        SOME
    }

    /** @throws IllegalArgumentException if a number is out of range; one line */
    public Problem {
        if (budget < 1) {
            throw new IllegalArgumentException("budget is " + budget + ": give at least 1");
        }
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism is " + parallelism + ": give at least 1");
        }
        if (runs < 1 || runs > MOST_RUNS) {
            throw new IllegalArgumentException("runs is " + runs + ": give 1 to " + MOST_RUNS);
        }
    }

    /** One run; whether there is noise is to be found out. */
    public static Problem of(Space space, long budget, int parallelism, long seed) {
        return new Problem(space, budget, parallelism, seed, 1, Noise.UNKNOWN);
    }

    public Problem withRuns(int runs) {
        return new Problem(space, budget, parallelism, seed, runs, noise);
    }

    public Problem withNoise(Noise noise) {
        return new Problem(space, budget, parallelism, seed, runs, noise);
    }

    Problem withSpace(Space other) {
        return new Problem(other, budget, parallelism, seed, runs, noise);
    }

    /** What each of the runs gets of the budget, rounded up. */
    long budgetEach() {
        return budget / runs + (budget % runs > 0 ? 1 : 0);
    }

    /** What each of the runs gets of the parallelism, rounded up. */
    int parallelismEach() {
        return parallelism / runs + (parallelism % runs > 0 ? 1 : 0);
    }
}
