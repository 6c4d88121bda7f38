package io.afterlearner.asktell;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The catalogue of algorithms by name. */
public final class Optimizers {

    /** The name that leaves the choice to {@link #choose}. */
    public static final String AUTO = "auto";

    /** At most so many runs side by side. */
    public static final int MOST_RUNS = 100;

    private Optimizers() {}

    /** Names {@link #create} knows, {@code auto} first. */
    public static List<String> names() {
        return Stream.concat(Stream.of(AUTO), Stream.of(Catalogue.values()).map(Catalogue::title))
                .toList();
    }

    /**
     * A fresh optimizer.
     *
     * @param name one of {@link #names}
     * @param budget how many asks are planned, at least 1; a hint, never a limit
     * @param parallelism how many points will be outstanding at once, at least 1; a hint, never a limit
     * @param seed seed of all randomness
     * @throws IllegalArgumentException if the name is unknown or the space does not suit it, with a sentence that says so
     */
    public static Optimizer create(String name, Space space, long budget, int parallelism, long seed) {
        return create(name, space, budget, parallelism, seed, 1);
    }

    /**
     * A fresh optimizer of several independent runs, which share the budget and the parallelism: ask n goes to run n mod
     * runs, ℵ₀ and points from outside are told to all, and the recommendation is the best of all.
     *
     * @param runs 1 to {@link #MOST_RUNS}
     * @throws IllegalArgumentException as the other {@code create}, or if runs is out of range
     */
    public static Optimizer create(String name, Space space, long budget, int parallelism, long seed, int runs) {
        if (runs < 1 || runs > MOST_RUNS) {
            throw new IllegalArgumentException("runs is " + runs + ": give 1 to " + MOST_RUNS);
        }
        long budgetEach = budget / runs + (budget % runs > 0 ? 1 : 0);
        int parallelismEach = parallelism / runs + (parallelism % runs > 0 ? 1 : 0);
        Catalogue chosen =
                Catalogue.of(choose(name, space, budgetEach, parallelismEach).name());
        List<Algorithm> algorithms = IntStream.range(0, runs)
                .mapToObj(run -> chosen.make(new Plan(space, budgetEach, parallelismEach, seed, run, runs)))
                .toList();
        return new Ledger(space, seed, runs == 1 ? algorithms.get(0) : new Runs(algorithms));
    }

    /**
     * The algorithm that {@link #create} makes of a name.
     *
     * @param name one of {@link #names}; anything but {@code auto} chooses itself
     * @throws IllegalArgumentException as {@code create}
     */
    public static Choice choose(String name, Space space, long budget, int parallelism) {
        if (budget < 1) {
            throw new IllegalArgumentException("budget is " + budget + ": give at least 1");
        }
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism is " + parallelism + ": give at least 1");
        }
        return name.equals(AUTO)
                ? Auto.choose(space, budget, parallelism)
                : new Choice(Catalogue.of(name).title(), "it was asked for by name");
    }

    /**
     * What was chosen.
     *
     * @param name one of {@link #names}, never {@code auto}
     * @param why one sentence for the user
     */
    public record Choice(String name, String why) {}
}
