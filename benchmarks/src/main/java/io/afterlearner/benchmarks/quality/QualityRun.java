package io.afterlearner.benchmarks.quality;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Problem;

/** One run of one optimizer on one instance. */
final class QualityRun {
    /** Distinct from the seeds of the instances. */
    private static final int FIRST_OPTIMIZER_SEED = 1_000;

    private QualityRun() {}

    /** Noise-free regret of the recommendation after {@code cell.budget()} tells. */
    static double regret(String optimizer, Cell cell, int seed) {
        Instance instance = Problems.of(cell.problem(), cell.dimension(), seed);
        Optimizer asked = optimizer(optimizer, instance, cell.budget(), cell.workers(), seed);
        for (int first = 0; first < cell.budget(); first += cell.workers()) {
            batch(asked, instance, first, Math.min(first + cell.workers(), cell.budget()));
        }
        return instance.regret().applyAsDouble(asked.recommend());
    }

    /** Noise-free regret of ℵ₀. */
    static double start(Cell cell, int seed) {
        Instance instance = Problems.of(cell.problem(), cell.dimension(), seed);
        return instance.regret().applyAsDouble(instance.space().initial());
    }

    static Optimizer optimizer(String name, Instance instance, int budget, int outstanding, int seed) {
        return Optimizers.create(name, Problem.of(instance.space(), budget, outstanding, FIRST_OPTIMIZER_SEED + seed));
    }

    private static void batch(Optimizer asked, Instance instance, int from, int to) {
        double[][] points = new double[to - from][];
        for (int number = from; number < to; number++) {
            points[number - from] = asked.ask(number);
        }
        for (int number = from; number < to; number++) {
            double loss = instance.loss().applyAsDouble(points[number - from]);
            asked.tell(number, new Outcome.Measured(loss, Double.NaN));
        }
    }
}
