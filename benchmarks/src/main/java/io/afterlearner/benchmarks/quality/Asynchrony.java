package io.afterlearner.benchmarks.quality;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What it costs to ask before being told: the same budget with 1, 8 and 64 outstanding all the time, told in random order,
 * each tell answered by a new ask until the budget is asked.
 */
public final class Asynchrony {
    /** How many are outstanding; the first is what the others are compared with. */
    public static final List<Integer> OUTSTANDING = List.of(1, 8, 64);

    /** Instances are the reference's; nobody is done with any of these when the budget ends. */
    private static final List<Cell> CELLS = List.of(
            new Cell("sphere", 6, 1, 300),
            new Cell("ellipsoid", 6, 1, 300),
            new Cell("rosenbrock", 6, 1, 300),
            new Cell("rastrigin", 6, 1, 300),
            new Cell("noise(level=1.0)", 6, 1, 300),
            new Cell("sphere", 35, 1, 1_000),
            new Cell("rastrigin", 35, 1, 1_000),
            new Cell("onemax(arity=5)", 35, 1, 100));

    private record Asked(long number, double[] point) {}

    private Asynchrony() {}

    /** The problems it is measured on, one worker each. */
    public static List<Cell> cells() {
        return CELLS;
    }

    /**
     * Medians of final regret of one optimizer in one cell.
     *
     * @param seeds instances, at least 1
     * @param threads how many runs go on at once, at least 1
     * @throws IllegalArgumentException if the optimizer refuses the problem, with a sentence that says why
     */
    public static AsynchronyRow row(String optimizer, Cell cell, int seeds, int threads) throws InterruptedException {
        try (Seeds pool = new Seeds(seeds, threads)) {
            List<Seeds.Started> started = OUTSTANDING.stream()
                    .map(outstanding -> pool.start(seed -> regret(optimizer, cell, outstanding, seed)))
                    .toList();
            List<Double> medians = new ArrayList<>();
            for (Seeds.Started runs : started) {
                medians.add(runs.median());
            }
            return new AsynchronyRow(optimizer, cell, medians);
        }
    }

    private static double regret(String optimizer, Cell cell, int outstanding, int seed) {
        Instance instance = Problems.of(cell.problem(), cell.dimension(), seed);
        Optimizer asked = QualityRun.optimizer(optimizer, instance, cell.budget(), outstanding, seed);
        SplittableRandom order = new SplittableRandom(seed);
        List<Asked> waiting = new ArrayList<>();
        long next = 0;
        for (int told = 0; told < cell.budget(); told++) {
            for (; next < cell.budget() && waiting.size() < outstanding; next++) {
                waiting.add(new Asked(next, asked.ask(next)));
            }
            Asked answered = waiting.remove(order.nextInt(waiting.size()));
            double loss = instance.loss().applyAsDouble(answered.point());
            asked.tell(answered.number(), new Outcome.Measured(loss, Double.NaN));
        }
        return instance.regret().applyAsDouble(asked.recommend());
    }
}
