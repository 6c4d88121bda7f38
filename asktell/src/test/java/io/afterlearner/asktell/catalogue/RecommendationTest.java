package io.afterlearner.asktell.catalogue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.contract.Thorough;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Under additive noise the best told loss is lucky, and the recommendation is better. If both were equally good, so many of
 * the searches in which they differ would favour it in 1 of 1,000 cases.
 */
class RecommendationTest {

    private static final int SEARCHES = 40;

    /** A difference of better and worse beyond which a fair coin goes in about 1 of 1,000 cases: 3.09 deviations. */
    private static void assertBetter(
            String name, Space space, int budget, double deviation, ToDoubleFunction<double[]> loss) {
        int better = 0;
        int worse = 0;
        for (int seed = 1; seed <= SEARCHES; seed++) {
            Random noise = new Random(seed);
            Problem problem = Problem.of(space, budget, 1, seed).withNoise(Problem.Noise.SOME);
            Optimizer optimizer = Optimizers.create(name, problem);
            for (long number = 0; number < budget; number++) {
                double told = loss.applyAsDouble(optimizer.ask(number)) + deviation * noise.nextGaussian();
                optimizer.tell(number, new Outcome.Measured(told, Double.NaN));
            }
            double gain = loss.applyAsDouble(optimizer.best()) - loss.applyAsDouble(optimizer.recommend());
            better += gain > 0 ? 1 : 0;
            worse += gain < 0 ? 1 : 0;
        }
        String counts = name + ": " + better + " better, " + worse + " worse, seeds 1 to " + SEARCHES;
        assertTrue(better - worse > 3.09 * Math.sqrt(better + worse), counts);
    }

    @ParameterizedTest
    @CsvSource({
        "TBPSA, 20, 3",
        "EDA, 20, 3",
        "LMMAES, 20, 3",
        "CMA, 20, 3",
        "DiagonalCMA, 20, 3",
        "CMAWithRestarts, 20, 3",
        "OptimisticNoisyOnePlusOne, 6, 1"
    })
    void onASphere(String name, int dimension, double deviation) {
        assertBetter(name, Spaces.reals(dimension), 600, deviation, Simulation::sphere);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OptimisticDiscreteOnePlusOne", "DiscreteOnePlusOne", "ScreenedOnePlusOne"})
    void onChoices(String name) {
        // Screening compares each child with all latest points.
        int asks = name.equals("ScreenedOnePlusOne") ? Thorough.either(250, 1_000) : 1_000;
        assertBetter(name, Spaces.choices(10, 4, false), asks, 2, RecommendationTest::wrong);
    }

    /** Algorithms with neither a mean nor a model. */
    @ParameterizedTest
    @ValueSource(strings = {"OnePlusOne", "DE", "PSO", "RandomSearch", "ScrHammersleySearch", "TrustRegion"})
    void algorithmsWithoutAModelRecommendNoSingleDraw(String name) {
        for (int seed = 1; seed <= SEARCHES; seed++) {
            Random noise = new Random(seed);
            Problem problem = Problem.of(Spaces.reals(4), 200, 4, seed).withNoise(Problem.Noise.SOME);
            Optimizer optimizer = Optimizers.create(name, problem);
            Map<String, Integer> evaluations = new TreeMap<>();
            Simulation.run(optimizer, 200, 4, seed, x -> {
                evaluations.merge(Arrays.toString(x), 1, Integer::sum);
                return Simulation.sphere(x) + 3 * noise.nextGaussian();
            });
            int times = evaluations.getOrDefault(Arrays.toString(optimizer.recommend()), 0);
            assertTrue(times > 1, name + ", seed " + seed + ": evaluated " + times + " times");
        }
    }

    private static double wrong(double[] x) {
        int wrong = 0;
        for (int i = 0; i < x.length; i++) {
            wrong += x[i] == i % 4 ? 0 : 1;
        }
        return wrong;
    }

    /** Earlier, better runs are kept. */
    @Test
    void afterARestartTheBetterRunIsRecommended() {
        Space space = Spaces.reals(2);
        Algorithm algorithm =
                Catalogue.of("CMAWithRestarts").fresh().apply(new Run(Problem.of(space, 10_000, 1, 1), 0));
        Random noise = new Random(1);
        for (int number = 1; number <= 10_000; number++) {
            double[] point = algorithm.sample(number, new Generator(1, number));
            // The deep valley is where it starts; later runs see a plateau above it.
            double loss = number <= 2_000 ? Simulation.sphere(point) : 5;
            algorithm.update(new Algorithm.Told(
                    number, point, loss + 0.01 * noise.nextGaussian(), true, 0, Double.POSITIVE_INFINITY));
        }
        double[] recommended = algorithm.recommendation();
        assertTrue(recommended != null && Simulation.sphere(recommended) < 0.01);
    }
}
