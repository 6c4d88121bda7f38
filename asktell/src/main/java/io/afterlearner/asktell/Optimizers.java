package io.afterlearner.asktell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates optimizers; the entry point of the library. */
public final class Optimizers {

    /** The name that leaves the choice of the algorithm to {@link #choose}. */
    public static final String AUTO = "auto";

    /** By name; null before the first use. */
    private static @Nullable Map<String, OptimizerProvider> loaded;

    private Optimizers() {}

    private static synchronized Map<String, OptimizerProvider> providers() {
        if (loaded == null) {
            loaded = byName(ServiceLoader.load(OptimizerProvider.class, Optimizers.class.getClassLoader()));
        }
        return loaded;
    }

    /** @throws IllegalStateException if two providers have one name, or none has {@code auto} */
    static Map<String, OptimizerProvider> byName(Iterable<OptimizerProvider> providers) {
        Map<String, OptimizerProvider> all = new LinkedHashMap<>();
        for (OptimizerProvider provider : providers) {
            for (String name : provider.names()) {
                OptimizerProvider other = all.putIfAbsent(name, provider);
                if (other != null) {
                    throw new IllegalStateException("optimizer " + name + ": provided by both "
                            + other.getClass().getName() + " and "
                            + provider.getClass().getName()
                            + "; remove one from the class path");
                }
            }
        }
        if (!all.containsKey(AUTO)) {
            throw new IllegalStateException("optimizer " + AUTO + ": no " + OptimizerProvider.class.getName()
                    + " on the class path has it; keep META-INF/services when you repackage the library");
        }
        return all;
    }

    private static OptimizerProvider provider(String name) {
        OptimizerProvider provider = providers().get(name);
        if (provider == null) {
            throw new IllegalArgumentException("optimizer " + name + ": unknown; use " + String.join(", ", names()));
        }
        return provider;
    }

    /** The names {@link #create} knows, {@code auto} first. */
    public static List<String> names() {
        return Stream.concat(Stream.of(AUTO), providers().keySet().stream())
                .distinct()
                .toList();
    }

    /**
     * Creates an optimizer.
     *
     * @param name one of {@link #names}
     * @throws IllegalArgumentException if the name is unknown, the algorithm does not support the space, or ℵ₀ is not
     *     feasible; one sentence that says which
     */
    public static Optimizer create(String name, Problem problem) {
        return provider(name).create(name, problem);
    }

    /**
     * Returns the algorithm that {@link #create} would use.
     *
     * @param name one of {@link #names}; any name but {@code auto} chooses itself
     * @throws IllegalArgumentException as {@code create}
     */
    public static Choice choose(String name, Problem problem) {
        return provider(name).choose(name, problem);
    }

    /**
     * Returns an upper bound, in bytes, of the memory that {@link #create}'s optimizer takes with {@code problem.parallelism()}
     * points outstanding. It does not create the optimizer.
     *
     * @param name one of {@link #names}
     * @throws IllegalArgumentException if the name is unknown
     */
    public static long bytes(String name, Problem problem) {
        return provider(name).bytes(name, problem);
    }

    /**
     * Creates an optimizer of several losses.
     *
     * @param problem its budget, parallelism, runs and noise are ignored
     * @param objectives how many losses each point has, 1 to {@link MultiObjective#MAX_OBJECTIVES}
     * @throws IllegalArgumentException if objectives is out of range, or ℵ₀ is not feasible
     */
    public static MultiObjective multiObjective(Problem problem, int objectives) {
        return provider(AUTO).multiObjective(problem, objectives);
    }

    /**
     * Creates an optimizer for a person who compares points.
     *
     * @param problem its budget, parallelism, runs and noise are ignored
     * @throws IllegalArgumentException if the problem has told constraints, or ℵ₀ is not feasible
     */
    public static Interactive interactive(Problem problem) {
        return provider(AUTO).interactive(problem);
    }

    /**
     * The algorithm chosen.
     *
     * @param name one of {@link #names}, never {@code auto}
     * @param why one sentence for the user
     */
    public record Choice(String name, String why) {}
}
