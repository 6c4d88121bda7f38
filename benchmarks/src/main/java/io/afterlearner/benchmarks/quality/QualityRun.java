package io.afterlearner.benchmarks.quality;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;

/** One run of one optimizer on one instance. */
final class QualityRun {
    /** Set apart from the seeds of the instances. */
    static final int FIRST_OPTIMIZER_SEED = 1_000;

    private QualityRun() {}

    /** Noise-free regret of what is recommended after {@code cell.budget()} tells. */
    static double regret(String optimizer, Cell cell, int seed) {
        Problem problem = Problems.of(cell.problem(), cell.dimension(), seed);
        Optimizer asked = Optimizers.create(
                optimizer, problem.space(), cell.budget(), cell.workers(), FIRST_OPTIMIZER_SEED + seed);
        for (int first = 0; first < cell.budget(); first += cell.workers()) {
            batch(asked, problem, first, Math.min(first + cell.workers(), cell.budget()));
        }
        return problem.regret().applyAsDouble(asked.recommend());
    }

    private static void batch(Optimizer asked, Problem problem, int from, int to) {
        double[][] points = new double[to - from][];
        for (int number = from; number < to; number++) {
            points[number - from] = asked.ask(number);
        }
        for (int number = from; number < to; number++) {
            double loss = problem.loss().applyAsDouble(points[number - from]);
            asked.tell(number, new Outcome.Measured(loss, Double.NaN));
        }
    }
}
