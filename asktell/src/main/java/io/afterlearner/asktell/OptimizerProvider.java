package io.afterlearner.asktell;

import io.afterlearner.asktell.Optimizers.Choice;
import java.util.List;

/**
 * Makes optimizers that {@link Optimizers} offers, which finds every provider on the class path by {@link
 * java.util.ServiceLoader}. No two providers may have one name. This package depends on no algorithm, and every algorithm may
 * depend on this package.
 */
public interface OptimizerProvider {

    /** The names that {@link #create} knows. The provider of {@code auto} also makes what has no name. */
    List<String> names();

    /** Like {@link Optimizers#choose}, for one of the names. */
    default Choice choose(String name, Problem problem) {
        return new Choice(name, "it was asked for by name");
    }

    /** Like {@link Optimizers#bytes}, for one of the names; by default 256 vectors per run and one per outstanding point. */
    default long bytes(String name, Problem problem) {
        long vectors = problem.parallelism() + 256L * problem.runs();
        return vectors * problem.space().dimension() * Double.BYTES;
    }

    /** Like {@link Optimizers#create}, for one of the names. */
    Optimizer create(String name, Problem problem);

    /** Like {@link Optimizers#multiObjective}; called only if {@code auto} is one of the names. */
    default MultiObjective multiObjective(Problem problem, int objectives) {
        throw new UnsupportedOperationException();
    }

    /** Like {@link Optimizers#interactive}; called only if {@code auto} is one of the names. */
    default Interactive interactive(Problem problem) {
        throw new UnsupportedOperationException();
    }
}
