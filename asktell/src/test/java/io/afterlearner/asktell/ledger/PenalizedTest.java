package io.afterlearner.asktell.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome.Measured;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.contract.Thorough;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.math.Vectors;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Algorithm.Told;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PenalizedTest {

    private static final class Listening implements Algorithm {
        final List<Long> asked = new ArrayList<>();
        final List<Told> told = new ArrayList<>();

        @Override
        public double[] sample(long number, Generator random) {
            return new double[] {number};
        }

        @Override
        public void asked(long number, double[] point, boolean sampled) {
            asked.add(number);
        }

        @Override
        public void update(Told news) {
            told.add(news);
        }
    }

    /** Losses fall and violations grow with the number. */
    private static Told violating(long number) {
        double[] point = {number};
        return new Told(number, point, Vectors.fingerprint(point), -number, true, 0, 0, List.of(number - 3.5));
    }

    @Test
    void afterAChangeOfPenaltiesANewAlgorithmIsToldAllPoints() {
        List<Listening> made = new ArrayList<>();
        Problem problem = Problem.of(Spaces.reals(1), 100, 1, 1).withConstraints(1);
        Penalized penalized = new Penalized(problem, () -> {
            made.add(new Listening());
            return made.get(made.size() - 1);
        });
        penalized.asked(50, new double[] {50}, true);
        for (long number = 1; number <= 40; number++) {
            penalized.asked(number, new double[] {number}, true);
            penalized.update(violating(number));
        }
        Listening last = made.get(made.size() - 1);
        assertTrue(made.size() > 2, made.size() + " made");
        assertEquals(40, last.told.size());
        assertTrue(last.asked.contains(50L), "what is outstanding is asked again");
        Told least = last.told.stream()
                .min((one, other) -> Double.compare(one.loss(), other.loss()))
                .orElseThrow();
        assertTrue(least.number() <= 5, "the lowest merit is that of " + least.number());
    }

    @Test
    void theNumberOfKeptPointsIsLimited() {
        List<Listening> made = new ArrayList<>();
        Problem problem = Problem.of(Spaces.reals(1), 100, 1, 1).withConstraints(1);
        Penalized penalized = new Penalized(problem, () -> {
            made.add(new Listening());
            return made.get(made.size() - 1);
        });
        for (long number = 1; number <= 5_000; number++) {
            penalized.update(violating(number));
        }
        assertTrue(made.get(made.size() - 1).told.size() <= 2_000);
    }

    /** Relative distance of the best feasible loss from the optimum, median over seeds. */
    private static double off(
            String name,
            int budget,
            double optimum,
            ToDoubleFunction<double[]> loss,
            ToDoubleFunction<double[]> value) {
        double[] found = new double[Thorough.either(3, 5)];
        for (int seed = 0; seed < found.length; seed++) {
            Optimizer optimizer = Optimizers.create(
                    name, Problem.of(Spaces.reals(4), budget, 1, seed).withConstraints(1));
            for (long number = 0; number < budget; number++) {
                double[] point = optimizer.ask(number);
                optimizer.tell(
                        number,
                        new Measured(loss.applyAsDouble(point), Double.NaN, List.of(value.applyAsDouble(point))));
            }
            double[] best = optimizer.recommend();
            found[seed] = value.applyAsDouble(best) <= 0 ? loss.applyAsDouble(best) : Double.POSITIVE_INFINITY;
        }
        Arrays.sort(found);
        return found[found.length / 2] / optimum - 1;
    }

    private static double toTwos(double[] x) {
        return Arrays.stream(x).map(v -> (v - 2) * (v - 2)).sum();
    }

    @ParameterizedTest
    @CsvSource({"auto, 0.001", "TrustRegion, 0.001", "CMA, 0.05", "DiagonalCMA, 0.05", "OnePlusOne, 0.05", "DE, 0.3"})
    void theOptimumOnAConstraintIsFoundInAnyUnit(String name, double tolerance) {
        for (double unit : new double[] {1e-3, 1, 1e3}) {
            double linear = off(
                    name,
                    300,
                    4,
                    PenalizedTest::toTwos,
                    x -> unit * (Arrays.stream(x).sum() - 4));
            assertTrue(linear < tolerance, "linear, unit " + unit + ": " + linear);
            double ball = off(name, 300, 9, PenalizedTest::toTwos, x -> unit * (Vectors.dot(x, x) - 1));
            assertTrue(ball < tolerance, "ball, unit " + unit + ": " + ball);
        }
    }

    @ParameterizedTest
    @CsvSource({"auto", "CMA", "DiagonalCMA", "OnePlusOne", "DE"})
    void aFeasiblePointIsFoundFromAnInfeasibleStart(String name) {
        double off = off(
                name, 300, 4, x -> Vectors.dot(x, x), x -> 4 - Arrays.stream(x).sum());
        assertTrue(off < 0.5, "4 is the optimum, off by " + off);
    }
}
