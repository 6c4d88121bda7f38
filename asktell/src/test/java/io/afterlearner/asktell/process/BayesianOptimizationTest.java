package io.afterlearner.asktell.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.ledger.Ledger;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.search.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class BayesianOptimizationTest {

    private static final int SEEDS = 5;

    private static Parameter real(String name, double low, double high, double initial) {
        return new Parameter.Real(name, low, high, false, initial, Double.NaN);
    }

    private static Space square(double low, double high) {
        return new Space(List.of(real("x", low, high, low + 1), real("y", low, high, high - 1)));
    }

    /** Least value 0.397887, in three places. */
    private static double branin(double[] x) {
        double valley = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
        return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0]) + 10;
    }

    /** Least value −1.031628, in two places. */
    private static double camel(double[] point) {
        double x = point[0] * point[0];
        double y = point[1] * point[1];
        return (4 - 2.1 * x + x * x / 3) * x + point[0] * point[1] + (-4 + 4 * y) * y;
    }

    private static final double[][] WIDTHS = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] CENTRES = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };
    private static final double[] DEPTHS = {1, 1.2, 3, 3.2};

    /** Hartmann's function of six variables, least value −3.32237. */
    private static double hartmann(double[] x) {
        double sum = 0;
        for (int i = 0; i < DEPTHS.length; i++) {
            double square = 0;
            for (int j = 0; j < x.length; j++) {
                square += WIDTHS[i][j] * (x[j] - CENTRES[i][j]) * (x[j] - CENTRES[i][j]);
            }
            sum -= DEPTHS[i] * Math.exp(-square);
        }
        return sum;
    }

    private static double[] sorted(
            String name, Space space, int budget, int outstanding, ToDoubleFunction<double[]> loss) {
        double[] best = new double[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            best[seed] = Simulation.best(name, space, budget, outstanding, seed + 1, loss);
        }
        Arrays.sort(best);
        return best;
    }

    /** In 4 of seeds 1 to 5 within the tolerance, and each of the 4 better than the best of others that need no gradient either. */
    private static void assertSolved(
            Space space, int budget, double optimum, double off, ToDoubleFunction<double[]> loss) {
        double[] found = sorted("BO", space, budget, 1, loss);
        assertTrue(found[SEEDS - 2] < optimum + off, "seeds 1 to 5, sorted: " + Arrays.toString(found));
        for (String other : List.of("RandomSearch", "OnePlusOne")) {
            double[] others = sorted(other, space, budget, 1, loss);
            assertTrue(found[SEEDS - 2] < others[0], other + ", seeds 1 to 5, sorted: " + Arrays.toString(others));
        }
    }

    @Test
    void braninIsSolvedIn40Asks() {
        Space space = new Space(List.of(real("x", -5, 10, 2), real("y", 0, 15, 8)));
        assertSolved(space, 40, 0.397887, 0.003, BayesianOptimizationTest::branin);
    }

    @Test
    void theSixHumpCamelIsSolvedIn40Asks() {
        Space space = new Space(List.of(real("x", -3, 3, 1), real("y", -2, 2, -1)));
        assertSolved(space, 40, -1.031628, 0.003, BayesianOptimizationTest::camel);
    }

    @Test
    void hartmannsSixVariablesAreSolvedIn60Asks() {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            parameters.add(real("x" + i, 0, 1, 0.5));
        }
        assertSolved(new Space(parameters), 60, -3.32237, 0.13, BayesianOptimizationTest::hartmann);
    }

    /** The optimum of the numbers depends on the option, and most options have a poor one. */
    @Test
    void theBestOptionIsFoundTogetherWithItsNumbers() {
        Space space = new Space(List.of(
                new Parameter.Choice("option", 4, false, 0),
                real("x", -3, 3, 0),
                new Parameter.Int("k", 0, 20, false, 10, Double.NaN)));
        double[] shifts = {0, 1.5, -1.5, 0.5};
        double[] prices = {1, 0.7, 0, 2};
        assertSolved(space, 50, 0, 0.05, point -> {
            int option = (int) point[0];
            double x = point[1] - shifts[option];
            double k = (point[2] - 4 - 3 * option) / 5;
            return prices[option] + x * x + k * k;
        });
    }

    @Test
    void enormousLossesDoNotHideTheValley() {
        double[] found = sorted("BO", Spaces.reals(3), 60, 1, x -> {
            double square = Simulation.sphere(x);
            return square > 1 ? 1e6 * square : square;
        });
        assertTrue(found[SEEDS - 2] < 0.02, "seeds 1 to 5, sorted: " + Arrays.toString(found));
    }

    @Test
    void eightOutstandingPointsLieApartAndEachChangesTheNext() {
        Space space = square(-3, 3);
        Optimizer optimizer = Optimizers.create("BO", Problem.of(space, 60, 8, 1));
        for (long number = 0; number < 20; number++) {
            optimizer.tell(number, new Outcome.Measured(camel(optimizer.ask(number)), Double.NaN));
        }
        double[] before = optimizer.propose(1000);
        List<double[]> outstanding = new ArrayList<>();
        for (long number = 20; number < 28; number++) {
            outstanding.add(optimizer.ask(number));
        }
        assertFalse(Arrays.equals(before, optimizer.propose(1000)));
        optimizer.tell(20, new Outcome.Measured(camel(outstanding.remove(0)), Double.NaN));
        outstanding.add(optimizer.ask(28));
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < outstanding.size(); i++) {
            for (int j = 0; j < i; j++) {
                nearest = Math.min(nearest, Vectors.distance(outstanding.get(i), outstanding.get(j)));
            }
        }
        assertTrue(nearest > 0.005, "nearest two: " + nearest);
    }

    @Test
    void eightOutstandingSolveBraninToo() {
        Space space = new Space(List.of(real("x", -5, 10, 2), real("y", 0, 15, 8)));
        double[] found = sorted("BO", space, 60, 8, BayesianOptimizationTest::branin);
        assertTrue(found[SEEDS - 2] < 0.41, "seeds 1 to 5, sorted: " + Arrays.toString(found));
    }

    /** Noise of standard deviation 2, where the loss is 1 at a distance of 1. */
    @Test
    void underNoiseTheRecommendedPointIsNearerThanTheLuckiest() {
        int better = 0;
        double recommended = 0;
        double luckiest = 0;
        for (int seed = 1; seed <= 20; seed++) {
            Optimizer optimizer = Optimizers.create("BO", Problem.of(Spaces.reals(2), 60, 1, seed));
            Random noise = new Random(seed);
            Simulation.run(optimizer, 60, 1, seed, x -> Simulation.sphere(x) + 2 * noise.nextGaussian());
            double one = Simulation.sphere(optimizer.recommend());
            double other = Simulation.sphere(optimizer.best());
            recommended += one;
            luckiest += other;
            better += one < other ? 1 : 0;
        }
        String found = "seeds 1 to 20: better " + better + ", sums " + recommended + " and " + luckiest;
        assertTrue(better >= 13 && recommended < 0.8 * luckiest, found);
    }

    @Test
    void withoutNoiseNoPointIsAskedTwice() {
        Space space = Spaces.choices(3, 4, false);
        Optimizer optimizer =
                Optimizers.create("BO", Problem.of(space, 40, 4, 3).withNoise(Problem.Noise.NONE));
        Map<List<Double>, Integer> times = new HashMap<>();
        Simulation.run(optimizer, 40, 4, 3, point -> {
            times.merge(Arrays.stream(point).boxed().toList(), 1, Integer::sum);
            return point[0] + 2 * point[1] * point[1] - point[2];
        });
        // The even design before the model may repeat itself.
        assertTrue(times.size() >= 36, times.toString());
    }

    @Test
    void failingRegionsAreAvoided() {
        Optimizer optimizer = Optimizers.create("BO", Problem.of(square(-3, 3), 60, 1, 2));
        int failed = 0;
        for (long number = 0; number < 60; number++) {
            double[] x = optimizer.ask(number);
            boolean fails = x[0] > 0;
            failed += fails ? 1 : 0;
            optimizer.tell(number, fails ? new Outcome.Failed() : new Outcome.Measured(Vectors.dot(x, x), Double.NaN));
        }
        assertTrue(failed < 25, failed + " of 60 failed");
    }

    @Test
    void theSearchContinuesBeyondThePointsItKeeps() {
        Problem problem = Problem.of(Spaces.reals(2), 150, 4, 5);
        Optimizer optimizer = new Ledger(
                problem, new Optimizers.Choice("BO", "few points"), new BayesianOptimization(new Run(problem, 0), 24));
        double[] least = {Double.POSITIVE_INFINITY};
        Simulation.run(optimizer, 150, 4, 5, x -> {
            least[0] = Math.min(least[0], Simulation.sphere(x));
            return Simulation.sphere(x);
        });
        assertTrue(least[0] < 1e-3, "reached " + least[0]);
    }

    @Test
    void aSpaceThatIsTooLargeIsRefusedWithAnAlternative() {
        Problem problem = Problem.of(Spaces.reals(101), 100, 1, 1);
        String line = assertThrows(IllegalArgumentException.class, () -> Optimizers.create("BO", problem))
                .getMessage();
        assertEquals("BO: the space has 101 coordinates, more than its limit of 100; use DiagonalCMA", line);
    }

    @Test
    void theBestAndTheLatestPointsAreKept() {
        Observations observations = new Observations(8);
        for (int i = 0; i < 9; i++) {
            observations.add(new double[] {i}, new double[] {i}, i == 2 ? -1 : i == 3 ? 0.5 : 10 + i);
        }
        assertArrayEquals(
                new double[] {2, 3, 4, 5, 6, 7, 8},
                observations.features().stream().mapToDouble(at -> at[0]).toArray());
    }
}
