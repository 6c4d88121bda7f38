package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;

/**
 * What a study is to do, as far as the optimizer cares.
 *
 * @param study its identity
 * @param space what it searches; candidate 0 is the space's initial point, ℵ₀
 * @param algorithm a name of {@link Optimizers#names}
 * @param budget candidates it may ask
 * @param parallelism candidates it keeps outstanding
 * @param seed of all its randomness
 * @param runs independent runs the budget is divided among
 * @param timeoutMillis a candidate untold for longer expires
 * @param pool evaluators that measure its candidates
 */
public record Plan(
        String study,
        Space space,
        String algorithm,
        long budget,
        int parallelism,
        long seed,
        int runs,
        long timeoutMillis,
        String pool) {

    /**
     * A fresh optimizer for this plan.
     *
     * @throws IllegalArgumentException if the algorithm is unknown or does not suit the space; one line
     */
    Optimizer optimizer() {
        return Optimizers.create(algorithm, problem());
    }

    /** The algorithm that {@code auto} stands for, and why. */
    public Optimizers.Choice choice() {
        return Optimizers.choose(algorithm, problem());
    }

    private Problem problem() {
        return Problem.of(space, budget, parallelism, seed).withRuns(runs);
    }
}
