package io.afterlearner.asktell.design;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Chance;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.coordinates.Latent;
import io.afterlearner.asktell.math.Generator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples before anything is told. Each assertion fails for a correct sampler once in a million seeds; see {@link Chance}. */
class SamplingTest {
    private static final int DRAWS = 200_000;
    private static final double FREE = Double.POSITIVE_INFINITY;

    private static double[] draws(IntToDoubleFunction draw) {
        return IntStream.range(0, DRAWS).mapToDouble(draw).toArray();
    }

    private static double[] counts(int kinds, double[] draws) {
        double[] counts = new double[kinds];
        for (double draw : draws) {
            counts[(int) draw]++;
        }
        return counts;
    }

    private static double[] atRandom(Parameter parameter) {
        RandomSearch search = new RandomSearch(new Space(List.of(parameter)));
        return draws(number -> search.sample(number, new Generator(11, number))[0]);
    }

    @Test
    void aGeneratorDrawsWholeNumbersBelowABoundUniformly() {
        for (int bound : new int[] {2, 7, 1_000}) {
            Generator random = new Generator(11, bound);
            Chance.assertEven(counts(bound, draws(i -> random.below(bound))), "below " + bound + ", seed 11");
        }
    }

    @Test
    void theFirstUniformOfEachAskIsUniform() {
        Chance.assertUniform(draws(number -> new Generator(12, number).uniform()), "seed 12");
    }

    @Test
    void randomSearchIsUniformWithinBounds() {
        double[] real = atRandom(new Parameter.Real("x", -3, 5, false, 0, Double.NaN));
        Chance.assertUniform(draws(i -> (real[i] + 3) / 8), "real, seed 11");
        double[] log = atRandom(new Parameter.Real("x", 1e-3, 10, true, 1, Double.NaN));
        Chance.assertUniform(draws(i -> (Math.log10(log[i]) + 3) / 4), "log, seed 11");
        double[] whole = atRandom(new Parameter.Int("x", -2, 4, false, 0, Double.NaN));
        Chance.assertEven(counts(7, draws(i -> whole[i] + 2)), "whole, seed 11");
        for (boolean ordered : new boolean[] {false, true}) {
            Chance.assertEven(counts(5, atRandom(new Parameter.Choice("x", 5, ordered, 1))), "choice, seed 11");
        }
    }

    /** A whole number k on a log scale is the interval from k - ½ to k + ½. */
    @Test
    void randomSearchWeighsWholeNumbersByTheirShareOfTheLogScale() {
        double[] counts = counts(9, atRandom(new Parameter.Int("x", 1, 8, true, 1, Double.NaN)));
        for (int k = 1; k <= 8; k++) {
            double share = Math.log((k + 0.5) / (k - 0.5)) / Math.log(17);
            Chance.assertShare(share, (long) counts[k], DRAWS, k + ", seed 11");
        }
    }

    /** The first points of every algorithm that starts with gaussian noise: in steps from ℵ₀, on its scale. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RandomSearch",
                "OnePlusOne",
                "OptimisticNoisyOnePlusOne",
                "CMA",
                "DiagonalCMA",
                "CMAWithRestarts",
                "LMMAES",
                "EDA",
                "DE",
                "TwoPointsDE",
                "PSO"
            })
    void firstMovesAreNormalWithTheStepAsDeviation(String algorithm) {
        Space space = new Space(List.of(
                new Parameter.Real("x", -FREE, FREE, false, 3, 0.5),
                new Parameter.Real("y", Double.MIN_NORMAL, FREE, true, 2, 0.1)));
        Optimizer optimizer = Optimizers.create(algorithm, Problem.of(space, 300, 1, 13));
        double[] x = new double[DRAWS];
        double[] y = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            double[] point = optimizer.propose(i + 1);
            x[i] = (point[0] - 3) / 0.5;
            y[i] = Math.log(point[1] / 2) / 0.1;
        }
        Chance.assertMoments(0, 1, x, algorithm + ", seed 13");
        Chance.assertMoments(0, 1, y, algorithm + ", log scale, seed 13");
        Chance.assertCovariance(0, 1, x, y, algorithm + ", covariance, seed 13");
    }

    /** τ = 1/√2d is the deviation of a log step: E x² = exp 2τ², E x⁴ = 3 exp 8τ². */
    @Test
    void populationControlDrawsALogNormalStepForEachPoint() {
        Optimizer optimizer = Optimizers.create("TBPSA", Problem.of(Spaces.reals(2), 300, 1, 14));
        double[] meanSquares = new double[DRAWS];
        double[] products = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            double[] point = optimizer.propose(i + 1);
            meanSquares[i] = (point[0] * point[0] + point[1] * point[1]) / 2;
            products[i] = point[0] * point[1];
        }
        double square = Math.exp(2 * 0.25);
        double fourth = Math.exp(8 * 0.25);
        Chance.assertMean(square, 2 * fourth - square * square, meanSquares, "squares, seed 14");
        Chance.assertMean(0, fourth, products, "products, seed 14");
    }

    /** Of 20 whole numbers each changes where a normal exceeds √(2 ln 20) - 0.45 = 1.998 either way, about one of them an ask. */
    @Test
    void theLeastDeviationChangesAboutOneJumpingParameterAnAsk() {
        Space space = new Space(IntStream.range(0, 20)
                .<Parameter>mapToObj(i -> new Parameter.Int("n" + i, -FREE, FREE, false, 0, 1_000))
                .toList());
        Latent latent = new Latent(space);
        long up = 0;
        long down = 0;
        for (int number = 0; number < DRAWS / 10; number++) {
            for (double value : latent.decodeShaken(new double[20], new Generator(15, number))) {
                up += value > 0 ? 1 : 0;
                down += value < 0 ? 1 : 0;
            }
        }
        Chance.assertShare(0.04572, up + down, 2L * DRAWS, "changed, seed 15");
        Chance.assertShare(0.5, up, up + down, "upwards, seed 15");
    }

    @Test
    void shakenUnorderedChoicesTakeOtherOptionsUniformly() {
        Latent latent = new Latent(Spaces.choices(1, 5, false));
        double[] options = draws(number -> latent.decodeShaken(new double[5], new Generator(16, number))[0]);
        double[] counts = counts(5, options);
        Chance.assertEven(new double[] {counts[1], counts[2], counts[3], counts[4]}, "seed 16");
    }

    @Test
    void theFirstStepsOfAModelGoEitherWayEquallyOften() {
        Latent.Bounds bounds = new Latent(Spaces.reals(3)).bounds();
        long up = 0;
        for (int number = 0; number < DRAWS; number++) {
            double[] step = new Design(3, 6).step(new double[3], bounds, 0.5, new Generator(17, number));
            assertEquals(0.5, Math.abs(step[0]));
            up += step[0] > 0 ? 1 : 0;
        }
        Chance.assertShare(0.5, up, DRAWS, "upwards, seed 17");
    }
}
