package io.afterlearner.benchmarks.cost;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** One run of an optimizer on a sphere around (1, .., 1), batch by batch. */
final class Trials {
    /** Receives outcomes. */
    private interface Teller {
        void tell(long number, Outcome outcome);
    }

    private final LongFunction<double[]> asker;
    private final Teller teller;
    private final int workers;
    private final double[][] points;
    private long next;

    /** @param name {@link CostBench#NOTHING} for no optimizer */
    static Trials of(String name, int dimension, int workers, long budget, long seed) {
        if (name.equals(CostBench.NOTHING)) {
            double[] initial = new double[dimension];
            return new Trials(number -> initial.clone(), (number, outcome) -> {}, workers);
        }
        Optimizer optimizer = Optimizers.create(name, Problem.of(space(dimension), budget, workers, seed));
        return new Trials(optimizer::ask, optimizer::tell, workers);
    }

    private Trials(LongFunction<double[]> asker, Teller teller, int workers) {
        this.asker = asker;
        this.teller = teller;
        this.workers = workers;
        this.points = new double[workers][];
    }

    private static Space space(int dimension) {
        return new Space(IntStream.range(0, dimension)
                .<Parameter>mapToObj(i ->
                        new Parameter.Real("x" + i, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, 0, 1))
                .toList());
    }

    /** Number of completed trials. */
    long count() {
        return next;
    }

    /** Asks one batch, then tells it in order. */
    void batch() {
        for (int i = 0; i < workers; i++) {
            points[i] = asker.apply(next + i);
        }
        for (int i = 0; i < workers; i++) {
            teller.tell(next + i, new Outcome.Measured(loss(points[i]), Double.NaN));
        }
        next += workers;
    }

    /** The sum in four parts, so that it costs little compared with the measured code. */
    private static double loss(double[] point) {
        double[] sums = new double[4];
        int i = 0;
        for (; i + 3 < point.length; i += 4) {
            sums[0] += square(point[i] - 1);
            sums[1] += square(point[i + 1] - 1);
            sums[2] += square(point[i + 2] - 1);
            sums[3] += square(point[i + 3] - 1);
        }
        for (; i < point.length; i++) {
            sums[0] += square(point[i] - 1);
        }
        return sums[0] + sums[1] + sums[2] + sums[3];
    }

    private static double square(double value) {
        return value * value;
    }
}
