package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a study searches, with which algorithm, budget and deadlines.
 *
 * @param study its identity
 * @param problem what it searches, within which budget; candidate 0 is the space's initial point, ℵ₀
 * @param algorithm a name of {@link Optimizers#names}
 * @param priors told before the first candidate is asked
 * @param trustRegion as {@link ChampionRegion}, of a study that is online; NaN of another, whose candidates may lie anywhere
 * @param byNumber whether the algorithm is told results in the order of their numbers; else in the order of arrival
 * @param timeoutMillis how long an evaluation may take
 * @param waitMillis a candidate that waits for an evaluator for longer expires; of a study that is online, one that is untold for longer
 * @param pool evaluators that measure its candidates
 */
public record RunPlan(
        String study,
        Problem problem,
        String algorithm,
        List<Prior> priors,
        double trustRegion,
        boolean byNumber,
        long timeoutMillis,
        long waitMillis,
        String pool) {
    /**
     * An evaluator enforces the timeout itself. Its candidate expires after this additional time: until then Kafka has delivered it to
     * another evaluator if the first one was killed.
     */
    private static final long GRACE_MILLIS = 60_000;

    /** The optimizer's clock may run this much faster than the evaluator's. */
    private static final int SLEW_PARTS = 10;

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

    /** A candidate that an evaluator holds for longer expires. */
    public long heldMillis() {
        return timeoutMillis + timeoutMillis / SLEW_PARTS + GRACE_MILLIS;
    }

    /** Whether users are served candidates. Each loss is then the difference to ℵ₀'s at the same time. */
    boolean online() {
        return !Double.isNaN(trustRegion);
    }

    /** Whether measuring a candidate again gives another loss. */
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

    /** A fresh optimizer without results that starts from a point. */
    Optimizer optimizerFrom(double[] start) {
        return Optimizers.create(algorithm, problem.withSpace(problem.space().startingAt(start)));
    }

    /** Without noise the standard error is omitted: it is the spread over examples, which are the same for all candidates. */
    Outcome.Measured outcome(double loss, @Nullable Double standardError) {
        return new Outcome.Measured(loss, standardError != null && noisy() ? standardError : Double.NaN);
    }

    /** The algorithm that {@code auto} stands for, and why. */
    public Optimizers.Choice choice() {
        return Optimizers.choose(algorithm, problem);
    }
}
