package io.afterlearner.asktell;

import io.afterlearner.asktell.Optimizers.Choice;
import java.util.List;

/**
 * Makes the optimizers that {@link Optimizers} offers. The library has one provider, found by {@link
 * java.util.ServiceLoader}: so this package depends on no algorithm, and every algorithm may depend on this package.
 */
public interface OptimizerProvider {

    /** As {@link Optimizers#names}. */
    List<String> names();

    /** As {@link Optimizers#choose}. */
    Choice choose(String name, Problem problem);

    /** As {@link Optimizers#create}. */
    Optimizer create(String name, Problem problem);

    /** As {@link Optimizers#multiObjective}. */
    MultiObjective multiObjective(Problem problem, int objectives);

    /** As {@link Optimizers#interactive}. */
    Interactive interactive(Problem problem);
}
