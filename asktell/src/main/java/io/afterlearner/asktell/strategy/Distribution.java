package io.afterlearner.asktell.strategy;

import io.afterlearner.asktell.math.Generator;
import java.util.List;

/** The normal distribution of an {@link EvolutionStrategy}, in units of its step size and relative to its mean. */
interface Distribution {

    /** A point around the mean, which is given in coordinates. */
    double[] sample(double[] mean, double step, Generator random);

    /**
     * Adapts to a batch.
     *
     * @param batch the lowest loss first
     * @param mean in coordinates, before the batch moves it
     * @return the change of the logarithm of the step size
     */
    double learn(List<EvolutionStrategy.Scored> batch, double[] mean, double step, Recombination shares);

    /** The mean jumped to a point from outside. */
    void forgetPaths();

    /** Whether samples differ from the mean by no more than rounding, or far more in one direction than in another. */
    boolean degenerate(double step);

    /** Factor on the step size when a whole batch has the same loss. */
    double growthOnTie();

    /** How many of the first ranks of a batch matter to {@link #learn}. */
    int ranks(int batchSize);

    /** A sample counts towards the next halving of the step if so many tells lie between the last halving and its ask. */
    int tellsBeforeSample();
}
