package io.afterlearner.asktell.preference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Interactive;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InteractiveTest {

    private static Problem problem(Space space, long seed) {
        return Problem.of(space, 300, 8, seed);
    }

    static Stream<Map.Entry<String, Space>> spaces() {
        return Spaces.all().entrySet().stream();
    }

    /** Shows four at a time; the user picks the best or ranks them, with some errors. */
    private static double[] shownTo(
            Interactive optimizer, int rounds, boolean ranks, double errs, ToDoubleFunction<double[]> loss) {
        Random user = new Random(4);
        for (long round = 0; round < rounds; round++) {
            List<double[]> points = new ArrayList<>();
            List<Long> numbers = new ArrayList<>();
            for (long number = 4 * round; number < 4 * round + 4; number++) {
                double[] point = optimizer.ask(number);
                optimizer.space().check(point);
                points.add(point);
                numbers.add(number);
            }
            long first = 4 * round;
            numbers.sort(Comparator.comparingDouble(n -> loss.applyAsDouble(points.get((int) (n - first)))));
            if (user.nextDouble() < errs) {
                java.util.Collections.swap(numbers, 0, 1);
            }
            if (ranks) {
                optimizer.ranked(numbers);
            } else {
                optimizer.best(numbers.get(0), numbers);
            }
        }
        return optimizer.recommend();
    }

    private static double bumpy(double[] point) {
        double sum = 0;
        for (double value : point) {
            sum += Math.rint(10 * StrictMath.atan(value - 0.3));
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void everyPointLiesInTheSpaceAndTheSameCallsGiveTheSameBits(Map.Entry<String, Space> named) {
        Interactive one = Optimizers.interactive(problem(named.getValue(), 1));
        Interactive other = Optimizers.interactive(problem(named.getValue(), 1));
        assertArrayEquals(named.getValue().initial(), one.propose(0));
        assertArrayEquals(named.getValue().initial(), one.recommend());
        double[] best = shownTo(one, 12, false, 0.1, InteractiveTest::bumpy);
        other.propose(77);
        assertArrayEquals(best, shownTo(other, 12, false, 0.1, InteractiveTest::bumpy));
        assertArrayEquals(one.propose(500), other.propose(500));
        named.getValue().check(best);
    }

    /** Shows a hundred points; must beat an error-free look at a hundred random ones threefold. */
    @Test
    void picksAndRankingsBeatAsManyRandomPoints() {
        for (boolean ranks : new boolean[] {false, true}) {
            double[] reached = new double[5];
            double[] random = new double[5];
            for (int seed = 0; seed < 5; seed++) {
                Interactive optimizer = Optimizers.interactive(problem(Spaces.reals(4), seed));
                reached[seed] = Simulation.sphere(shownTo(optimizer, 25, ranks, 0.1, Simulation::sphere));
                random[seed] = Simulation.best("RandomSearch", Spaces.reals(4), 100, 1, seed, Simulation::sphere);
            }
            Arrays.sort(reached);
            Arrays.sort(random);
            assertTrue(reached[2] * 3 < random[2], "ranks " + ranks + ": " + reached[2] + ", random " + random[2]);
        }
    }

    @Test
    void theModelReproducesToldRankings() {
        List<double[]> points = List.of(new double[] {0}, new double[] {1}, new double[] {2}, new double[] {9});
        PreferenceModel model = PreferenceModel.of(
                points, List.of(new PreferenceModel.Comparison(1, 0), new PreferenceModel.Comparison(2, 1)));
        assertTrue(model.utility(points.get(2)) > model.utility(points.get(1)));
        assertTrue(model.utility(points.get(1)) > model.utility(points.get(0)));
        assertEquals(0, model.doubt(points.get(3)), 1e-9);
        assertTrue(model.doubt(new double[] {5}) > model.doubt(new double[] {2.1}));
    }

    /** At the optimum, the weight of a comparison is the chance of the opposite outcome. */
    @Test
    void theModelIsTheMostLikelyOne() {
        double[] one = {0};
        double[] other = {0.5};
        PreferenceModel model = PreferenceModel.of(List.of(one, other), List.of(new PreferenceModel.Comparison(0, 1)));
        double difference = model.utility(one) - model.utility(other);
        double likeness = 0.5 * Math.exp(-0.125) + 0.5 * Math.exp(-0.125 * 9);
        assertEquals(difference / (18 * (1 - likeness)), 1 / (1 + Math.exp(difference)), 1e-9);
    }

    /** The user's favourite is infeasible. */
    @Test
    void onlyFeasiblePointsAreShownUpToTheEdge() {
        Predicate<double[]> feasible = x -> x[0] + x[1] <= 0.2;
        Interactive optimizer =
                Optimizers.interactive(problem(Spaces.reals(2), 6).withFeasible(feasible));
        double[] best = shownTo(optimizer, 25, true, 0, x -> {
            assertTrue(feasible.test(x), Arrays.toString(x));
            return -x[0] - x[1];
        });
        assertTrue(best[0] + best[1] > 0.1, Arrays.toString(best));
        assertThrows(IllegalArgumentException.class, () -> optimizer.asked(500, new double[] {1, 1}));
        Problem told = problem(Spaces.reals(2), 6).withConstraints(1);
        assertThrows(IllegalArgumentException.class, () -> Optimizers.interactive(told));
    }

    @Test
    void refusedCallsChangeNothing() {
        Interactive optimizer = Optimizers.interactive(problem(Spaces.reals(2), 1));
        optimizer.ask(1);
        optimizer.ask(2);
        List<Runnable> refused = List.of(
                () -> optimizer.propose(-1),
                () -> optimizer.asked(2, new double[2]),
                () -> optimizer.asked(3, new double[1]),
                () -> optimizer.best(1, List.of(1L)),
                () -> optimizer.best(3, List.of(1L, 2L)),
                () -> optimizer.best(1, List.of(1L, 3L)),
                () -> optimizer.ranked(List.of(1L, 1L)));
        for (Runnable call : refused) {
            assertThrows(IllegalArgumentException.class, call::run);
        }
        assertArrayEquals(new double[2], optimizer.recommend());
    }

    @Test
    void onlyTheLastShownAreRemembered() {
        Interactive optimizer = Optimizers.interactive(problem(Spaces.reals(1), 1));
        for (long number = 0; number <= Interactive.MAX_SHOWN; number++) {
            optimizer.ask(number);
        }
        assertThrows(IllegalArgumentException.class, () -> optimizer.ranked(List.of(1L, 2L)));
        optimizer.ranked(List.of(2L, 3L));
    }
}
