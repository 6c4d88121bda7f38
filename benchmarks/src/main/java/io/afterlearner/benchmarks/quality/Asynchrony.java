package io.afterlearner.benchmarks.quality;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Measures the cost of asking before being told: the same budget with 1, 8 and 64 candidates outstanding at any time.
 * Candidates are told in random order, and each tell triggers a new ask until the budget is used up.
 */
public final class Asynchrony {
    /** Candidates outstanding; the others are compared with the first. */
    public static final List<Integer> OUTSTANDING = List.of(1, 8, 64);

    /** Instances are the reference's; no algorithm converges on any of these within the budget. */
    private static final List<Cell> CELLS = List.of(
            new Cell("sphere", 6, 1, 300),
            new Cell("ellipsoid", 6, 1, 300),
            new Cell("rosenbrock", 6, 1, 300),
            new Cell("rastrigin", 6, 1, 300),
            new Cell("noise(level=1.0)", 6, 1, 300),
            new Cell("sphere", 35, 1, 1_000),
            new Cell("rastrigin", 35, 1, 1_000),
            new Cell("onemax(arity=5)", 35, 1, 100));

    /**
     * The cost of parallelism for one optimizer in one cell.
     *
     * @param medians of final regret, in the order of {@link #OUTSTANDING}
     */
    public record Row(String optimizer, Cell cell, List<Double> medians) {

        public Row {
            medians = List.copyOf(medians);
        }

        /** The medians over the first of them, clipped: the first is 1; 2 means twice the regret. */
        public List<Double> costs() {
            return medians.stream()
                    .map(median -> Ratio.of(median, medians.get(0)))
                    .toList();
        }

        /** Geometric means of the costs of several cells, in the order of {@link #OUTSTANDING}. */
        public static List<Double> meanCosts(List<Row> rows) {
            return IntStream.range(0, OUTSTANDING.size())
                    .mapToObj(i -> Ratio.geometricMean(
                            rows.stream().map(row -> row.costs().get(i)).toList()))
                    .toList();
        }

        /** The row's fields in order, as {@code bench} prints them. */
        public Map<String, Object> line() {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("bench", "asynchrony");
            line.put("optimizer", optimizer);
            line.put("problem", cell.problem());
            line.put("dimension", cell.dimension());
            line.put("budget", cell.budget());
            line.put("outstanding", OUTSTANDING);
            line.put("medians", medians);
            line.put("costs", costs());
            return line;
        }
    }

    private record Asked(long number, double[] point) {}

    private Asynchrony() {}

    /** The measured problems, with one worker each. */
    public static List<Cell> cells() {
        return CELLS;
    }

    /**
     * Medians of final regret of one optimizer in one cell.
     *
     * @param seeds instances, at least 1
     * @param threads number of parallel runs, at least 1
     * @throws IllegalArgumentException if the optimizer refuses the problem; the message says why
     */
    public static Row row(String optimizer, Cell cell, int seeds, int threads) throws InterruptedException {
        try (Seeds pool = new Seeds(seeds, threads)) {
            List<Seeds.Started> started = OUTSTANDING.stream()
                    .map(outstanding -> pool.start(seed -> regret(optimizer, cell, outstanding, seed)))
                    .toList();
            List<Double> medians = new ArrayList<>();
            for (Seeds.Started runs : started) {
                medians.add(runs.median());
            }
            return new Row(optimizer, cell, medians);
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
