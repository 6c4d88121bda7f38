package io.afterlearner.asktell;

import java.util.List;
import java.util.ServiceLoader;

/** Creates optimizers; the entry point of the library. */
public final class Optimizers {

    /** The name that leaves the choice of the algorithm to {@link #choose}. */
    public static final String AUTO = "auto";

    private static final OptimizerProvider PROVIDER = ServiceLoader.load(
                    OptimizerProvider.class, Optimizers.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no " + OptimizerProvider.class.getName()
                    + " on the class path: keep META-INF/services when you repackage the library"));

    private Optimizers() {}

    /** The names {@link #create} knows, {@code auto} first. */
    public static List<String> names() {
        return PROVIDER.names();
    }

    /**
     * Creates an optimizer.
     *
     * @param name one of {@link #names}
     * @throws IllegalArgumentException if the name is unknown, the algorithm does not support the space, or ℵ₀ is not
     *     feasible; one sentence that says which
     */
    public static Optimizer create(String name, Problem problem) {
        return PROVIDER.create(name, problem);
    }

    /**
     * Returns the algorithm that {@link #create} would use.
     *
     * @param name one of {@link #names}; any name but {@code auto} chooses itself
     * @throws IllegalArgumentException as {@code create}
     */
    public static Choice choose(String name, Problem problem) {
        return PROVIDER.choose(name, problem);
    }

    /**
     * Creates an optimizer of several losses.
     *
     * @param problem its budget, parallelism, runs and noise are ignored
     * @param objectives how many losses each point has, 1 to {@link MultiObjective#MOST_OBJECTIVES}
     * @throws IllegalArgumentException if objectives is out of range, or ℵ₀ is not feasible
     */
    public static MultiObjective multiObjective(Problem problem, int objectives) {
        return PROVIDER.multiObjective(problem, objectives);
    }

    /**
     * Creates an optimizer for a person who compares points.
     *
     * @param problem its budget, parallelism, runs and noise are ignored
     * @throws IllegalArgumentException if the problem has told constraints, or ℵ₀ is not feasible
     */
    public static Interactive interactive(Problem problem) {
        return PROVIDER.interactive(problem);
    }

    /**
     * The algorithm chosen.
     *
     * @param name one of {@link #names}, never {@code auto}
     * @param why one sentence for the user
     */
    public record Choice(String name, String why) {}
}
