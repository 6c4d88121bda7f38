package io.afterlearner.asktell.strategy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.contract.Chance;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm.Told;
import io.afterlearner.asktell.strategy.Covariance.Weighted;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples of strategies after learning. Each assertion fails for a correct one once in a million seeds; see {@link Chance}. */
class StrategySamplingTest {
    private static final int DRAWS = 200_000;

    private static void tell(Optimizer optimizer, long number, double loss) {
        optimizer.tell(number, new Outcome.Measured(loss, Double.NaN));
    }

    /** Twice the step after a success, four failures to undo it: 2^¾ after one of each. */
    @Test
    void onePlusOneSamplesAroundItsParentWithItsStep() {
        Optimizer optimizer = Optimizers.create("OnePlusOne", Problem.of(Spaces.reals(2), 300, 1, 21));
        optimizer.ask(0);
        tell(optimizer, 0, 3);
        double[] parent = optimizer.ask(1);
        tell(optimizer, 1, 2);
        optimizer.ask(2);
        tell(optimizer, 2, 4);
        for (int coordinate = 0; coordinate < 2; coordinate++) {
            double[] x = new double[DRAWS];
            for (int i = 0; i < DRAWS; i++) {
                x[i] = optimizer.propose(i + 3)[coordinate] - parent[coordinate];
            }
            Chance.assertMoments(0, Math.pow(2, 1.5), x, "coordinate " + coordinate + ", seed 21");
        }
    }

    @Test
    void colouredNoiseHasTheUpdatedCovariance() {
        List<Weighted> terms = List.of(
                new Weighted(0.4, new double[] {1, 2, 0}, 5),
                new Weighted(0.2, new double[] {-1, 1, 1}, 3),
                new Weighted(-0.1, new double[] {0, 0, 1}, 1));
        double[][] full = {{1.1, 0.6, -0.2}, {0.6, 2.3, 0.2}, {-0.2, 0.2, 0.6}};
        double[][] diagonal = {{1.1, 0, 0}, {0, 2.3, 0}, {0, 0, 0.6}};
        assertCovariance(full, updated(new FullCovariance(3), terms), "full, seed 22");
        assertCovariance(diagonal, updated(new DiagonalCovariance(3), terms), "diagonal, seed 22");
    }

    private static Covariance updated(Covariance covariance, List<Weighted> terms) {
        covariance.update(0.5, terms);
        return covariance;
    }

    private static void assertCovariance(double[][] expected, Covariance covariance, String what) {
        double[][] draws = new double[3][DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            double[] step = covariance.color(new Generator(22, k).gaussians(3));
            for (int i = 0; i < 3; i++) {
                draws[i][k] = step[i];
            }
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                Chance.assertCovariance(
                        expected[i][j], expected[i][i] * expected[j][j], draws[i], draws[j], what + " " + i + j);
            }
        }
    }

    /** Samples, whitened around the mean, are alike in all directions; how long they are, the step size alone says. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void evolutionStrategiesSampleFromTheirCovariance(boolean full) {
        Covariance covariance = full ? new FullCovariance(4) : new DiagonalCovariance(4);
        EvolutionStrategy strategy = new EvolutionStrategy(new Latent(Spaces.reals(4)), covariance);
        for (int number = 1; number <= 400; number++) {
            double[] point = strategy.sample(number, new Generator(23, number));
            strategy.update(new Told(number, point, ellipsoid(point), true, 0, Double.POSITIVE_INFINITY));
        }
        assertTrue(covariance.deviation(0) > 10 * covariance.deviation(3), "it has learned something");
        double[] mean = strategy.mean();
        double[][] white = new double[4][DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            double[] point = strategy.sample(k, new Generator(24, k));
            double[] noise = covariance.whiten(minus(point, mean));
            for (int i = 0; i < 4; i++) {
                white[i][k] = noise[i];
            }
        }
        double square = Arrays.stream(white)
                .flatMapToDouble(Arrays::stream)
                .map(v -> v * v)
                .average()
                .orElseThrow();
        for (int i = 0; i < 4; i++) {
            Chance.assertMoments(0, square, white[i], "coordinate " + i + ", seed 24");
            Chance.assertCovariance(0, square * square, white[i], white[(i + 1) % 4], "covariance, seed 24");
        }
    }

    private static double ellipsoid(double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.pow(1_000, i) * x[i] * x[i];
        }
        return sum;
    }

    private static double[] minus(double[] x, double[] y) {
        double[] difference = x.clone();
        for (int i = 0; i < x.length; i++) {
            difference[i] -= y[i];
        }
        return difference;
    }

    /** Half of the asks are repetitions, or one in 20 where a point told twice had one loss. */
    @Test
    void optimistsRepeatPointsAtTheDocumentedRate() {
        Optimizer optimizer = Optimizers.create("OptimisticNoisyOnePlusOne", Problem.of(Spaces.reals(2), 300, 1, 25));
        optimizer.ask(0);
        tell(optimizer, 0, 3);
        Chance.assertShare(0.5, repetitions(optimizer), DRAWS, "before any repetition, seed 25");
        optimizer.tell(new double[2], new Outcome.Measured(3, Double.NaN));
        Chance.assertShare(0.05, repetitions(optimizer), DRAWS, "without noise, seed 25");
        optimizer.tell(new double[2], new Outcome.Measured(4, Double.NaN));
        Chance.assertShare(0.5, repetitions(optimizer), DRAWS, "under noise, seed 25");
    }

    private static long repetitions(Optimizer optimizer) {
        long repeated = 0;
        for (int number = 1; number <= DRAWS; number++) {
            repeated += Arrays.equals(optimizer.propose(number), new double[2]) ? 1 : 0;
        }
        return repeated;
    }
}
