package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a study is to do, as far as the optimizer cares.
 *
 * @param study its identity
 * @param problem what it searches, within which budget; candidate 0 is the space's initial point, ℵ₀
 * @param algorithm a name of {@link Optimizers#names}
 * @param priors told before the first candidate is asked
 * @param trustRegion as {@link ChampionRegion}, of a study that is online; NaN of another, whose candidates may lie anywhere
 * @param timeoutMillis a candidate untold for longer expires
 * @param pool evaluators that measure its candidates
 */
public record RunPlan(
        String study,
        Problem problem,
        String algorithm,
        List<Prior> priors,
        double trustRegion,
        long timeoutMillis,
        String pool) {

    /** A trial of an earlier study; an unknown standard error is null. */
    public record Prior(
            double[] values, double loss, @Nullable Double standardError) {}

    public RunPlan {
        priors = List.copyOf(priors);
    }

    public Space space() {
        return problem.space();
    }

    public long budget() {
        return problem.budget();
    }

    public int parallelism() {
        return problem.parallelism();
    }

    /** Whether candidates meet production, and each loss is the difference to what ℵ₀ measures at the same time. */
    boolean online() {
        return !Double.isNaN(trustRegion);
    }

    /** Whether what a candidate measures is not what it would measure again. */
    boolean noisy() {
        return problem.noise() == Problem.Noise.SOME;
    }

    /**
     * A fresh optimizer for this plan, the priors told.
     *
     * @throws IllegalArgumentException if the algorithm is unknown or does not suit the space, or a prior is not in it; one
     *     line
     */
    Optimizer optimizer() {
        Optimizer fresh = Optimizers.create(algorithm, problem);
        priors.forEach(prior -> fresh.tell(prior.values(), outcome(prior.loss(), prior.standardError())));
        return fresh;
    }

    /** A fresh optimizer that starts from a point and knows nothing. */
    Optimizer optimizerFrom(double[] start) {
        return Optimizers.create(algorithm, problem.withSpace(problem.space().startingAt(start)));
    }

    /** The standard error of a loss measured on the same examples for all candidates is none of the loss's noise. */
    Outcome.Measured outcome(double loss, @Nullable Double standardError) {
        return new Outcome.Measured(loss, standardError != null && noisy() ? standardError : Double.NaN);
    }

    /** The algorithm that {@code auto} stands for, and why. */
    public Optimizers.Choice choice() {
        return Optimizers.choose(algorithm, problem);
    }
}
