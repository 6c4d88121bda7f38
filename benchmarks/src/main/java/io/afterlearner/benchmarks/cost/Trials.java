package io.afterlearner.benchmarks.cost;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import java.util.stream.IntStream;

/** One run of an optimizer on a sphere around (1, .., 1), gone through batch by batch. */
final class Trials {
    private final Optimizer optimizer;
    private final int workers;
    private final double[][] points;
    private long next;

    Trials(String name, int dimension, int workers, long budget, long seed) {
        Space space = new Space(IntStream.range(0, dimension)
                .<Parameter>mapToObj(i ->
                        new Parameter.Real("x" + i, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, 0, 1))
                .toList());
        this.optimizer = Optimizers.create(name, Problem.of(space, budget, workers, seed));
        this.workers = workers;
        this.points = new double[workers][];
    }

    /** How many were asked and told. */
    long count() {
        return next;
    }

    /** Asks as many as there are workers, then tells them in order. */
    void batch() {
        for (int i = 0; i < workers; i++) {
            points[i] = optimizer.ask(next + i);
        }
        for (int i = 0; i < workers; i++) {
            optimizer.tell(next + i, new Outcome.Measured(loss(points[i]), Double.NaN));
        }
        next += workers;
    }

    private static double loss(double[] point) {
        double sum = 0;
        for (double value : point) {
            sum += (value - 1) * (value - 1);
        }
        return sum;
    }
}
