package io.afterlearner.asktell;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The catalogue of algorithms by name. */
public final class Optimizers {

    /** The name that leaves the choice to {@link #choose}. */
    public static final String AUTO = "auto";

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
     * @throws IllegalArgumentException if the name is unknown or the space does not suit it, or ℵ₀ is not feasible, with
     *     a sentence that says so
     */
    public static Optimizer create(String name, Problem problem) {
        Choice choice = choose(name, problem);
        Catalogue chosen = Catalogue.of(choice.name());
        Supplier<Algorithm> fresh = () -> search(chosen, problem);
        return new Ledger(problem, choice, problem.constraints() == 0 ? fresh.get() : new Penalized(problem, fresh));
    }

    private static Algorithm search(Catalogue chosen, Problem problem) {
        List<Algorithm> runs = IntStream.range(0, problem.runs())
                .mapToObj(run -> chosen.make(new Plan(problem, run)))
                .toList();
        return runs.size() == 1 ? runs.get(0) : new Runs(runs);
    }

    /**
     * The algorithm that {@link #create} makes of a name.
     *
     * @param name one of {@link #names}; anything but {@code auto} chooses itself
     * @throws IllegalArgumentException as {@code create}
     */
    public static Choice choose(String name, Problem problem) {
        return name.equals(AUTO)
                ? Auto.choose(problem)
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
