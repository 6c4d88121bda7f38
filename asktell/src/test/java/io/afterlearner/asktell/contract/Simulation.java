package io.afterlearner.asktell.contract;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Runs an optimizer on a function, with several points outstanding, told in random order. */
public final class Simulation {

    private Simulation() {}

    /** The lowest loss so far. */
    public static double best(
            String algorithm, Space space, int budget, int outstanding, long seed, ToDoubleFunction<double[]> loss) {
        Optimizer optimizer = Optimizers.create(algorithm, Problem.of(space, budget, outstanding, seed));
        double[] least = {Double.POSITIVE_INFINITY};
        run(optimizer, budget, outstanding, seed, point -> {
            double value = loss.applyAsDouble(point);
            least[0] = Math.min(least[0], value);
            return value;
        });
        return least[0];
    }

    public static void run(
            Optimizer optimizer, int budget, int outstanding, long seed, ToDoubleFunction<double[]> loss) {
        run(optimizer, budget, outstanding, seed, loss, Double.NaN);
    }

    /** Tells each loss with this standard error. */
    public static void run(
            Optimizer optimizer,
            int budget,
            int outstanding,
            long seed,
            ToDoubleFunction<double[]> loss,
            double standardError) {
        Random order = new Random(seed);
        List<Long> waiting = new ArrayList<>();
        Map<Long, double[]> asked = new HashMap<>();
        long next = 0;
        for (int told = 0; told < budget; told++) {
            while (waiting.size() < outstanding && next < budget) {
                asked.put(next, optimizer.ask(next));
                waiting.add(next++);
            }
            long number = waiting.remove(order.nextInt(waiting.size()));
            double value = loss.applyAsDouble(Objects.requireNonNull(asked.remove(number)));
            optimizer.tell(number, new Outcome.Measured(value, standardError));
        }
    }

    /** Median of the least losses over seeds 1, 2, 3 and so on. */
    public static double median(
            String algorithm, Space space, int budget, int outstanding, int seeds, ToDoubleFunction<double[]> loss) {
        double[] all = new double[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            all[seed] = best(algorithm, space, budget, outstanding, seed + 1, loss);
        }
        Arrays.sort(all);
        return all[seeds / 2];
    }

    /** Squared distance to a point that is 0.3, -0.6, 0.9 and so on. */
    public static double sphere(double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double off = x[i] - (i % 2 == 0 ? 0.3 : -0.3) * (i % 6 + 1);
            sum += off * off;
        }
        return sum;
    }
}
