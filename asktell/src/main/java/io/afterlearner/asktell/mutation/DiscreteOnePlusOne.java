package io.afterlearner.asktell.mutation;

import io.afterlearner.asktell.code.SequentialCode;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;
import java.util.function.IntFunction;

/**
 * (1+1) evolutionary algorithm (Droste, Jansen, Wegener: On the analysis of the (1+1) evolutionary algorithm, 2002) for any
 * kind of parameter: a child is the parent after {@link Mutation}; a child at least as good as the parent replaces it.
 */
public final class DiscreteOnePlusOne implements Algorithm {

    private final Run run;
    private final Mutation mutation;
    private final MutationRate rate;
    private double[] parent;
    private double parentLoss = Double.POSITIVE_INFINITY;
    private final SequentialCode code = new SequentialCode(2);
    private double learnedNats;

    public DiscreteOnePlusOne(Run run, IntFunction<MutationRate> rate) {
        this.run = run;
        mutation = new Mutation(run.space());
        this.rate = rate.apply(Math.max(1, mutation.movable()));
        parent = run.space().initial();
    }

    @Override
    public double[] sample(long number, Generator random) {
        return mutation.child(parent, rate.at(run.turn(number), random), random);
    }

    @Override
    public void update(Told told) {
        boolean replaces = !told.failed() && told.loss() <= parentLoss;
        learnedNats += code.nats(replaces ? 1 : 0);
        if (replaces) {
            parent = told.point();
            parentLoss = told.loss();
        }
    }

    @Override
    public double learnedNats(long number) {
        return learnedNats;
    }
}
