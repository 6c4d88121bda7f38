package io.afterlearner.asktell.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.math.Generator;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The discrete (1+1) family. A correct sampler fails one of these counts in 10⁵; with fixed seeds, never or always. */
class MutationTest {

    private static final int DRAWS = 20_000;
    private static final double Z = 4.42;

    @ParameterizedTest
    @CsvSource({
        "DiscreteOnePlusOne",
        "DiscreteLenglerOnePlusOne",
        "FastGADiscreteOnePlusOne",
        "PortfolioDiscreteOnePlusOne"
    })
    void onemaxAndLeadingOnesAreSolvedWhereRandomSearchFails(String algorithm) {
        Space bits = Spaces.choices(25, 2, false);
        assertEquals(0, Simulation.median(algorithm, bits, 800, 1, 5, MutationTest::onemax), "onemax");
        assertTrue(Simulation.median("RandomSearch", bits, 800, 1, 5, MutationTest::onemax) >= 4);
        assertTrue(Simulation.median(algorithm, bits, 800, 1, 5, MutationTest::leadingOnes) <= 4);
        assertTrue(Simulation.median("RandomSearch", bits, 800, 1, 5, MutationTest::leadingOnes) >= 12);
    }

    private static double onemax(double[] x) {
        double wrong = 0;
        for (int i = 0; i < x.length; i++) {
            wrong += x[i] == (i % 3 == 0 ? 0 : 1) ? 0 : 1;
        }
        return wrong;
    }

    private static double leadingOnes(double[] x) {
        int prefix = 0;
        while (prefix < x.length && x[prefix] == (prefix % 3 == 0 ? 0 : 1)) {
            prefix++;
        }
        return x.length - prefix;
    }

    /** Each of n mutates with probability r; if none does, one is chosen: n·r + (1 - r)ⁿ on average. */
    @Test
    void theNumberOfMutationsFollowsTheRate() {
        Mutation mutation = new Mutation(Spaces.choices(20, 3, false));
        double[] parent = new double[20];
        for (double rate : new double[] {0.05, 0.3}) {
            double[] counts = new double[20];
            double total = 0;
            for (int draw = 0; draw < DRAWS; draw++) {
                double[] child = mutation.child(parent, rate, new Generator(1, draw));
                for (int i = 0; i < 20; i++) {
                    counts[i] += child[i] != 0 ? 1 : 0;
                    total += child[i] != 0 ? 1 : 0;
                }
            }
            double expected = 20 * rate + Math.pow(1 - rate, 20);
            assertEquals(expected, total / DRAWS, Z * Math.sqrt(20 * rate * (1 - rate) / DRAWS), "rate " + rate);
            for (double count : counts) {
                double share = expected / 20;
                assertEquals(share, count / DRAWS, (Z + 1) * Math.sqrt(share * (1 - share) / DRAWS), "seed 1");
            }
        }
    }

    /** The other options of a choice, each as often: chi-square with 3 degrees of freedom, 25.9 exceeded once in 10⁵. */
    @Test
    void aMutatedChoiceTakesAnyOtherOption() {
        Mutation mutation = new Mutation(Spaces.choices(1, 5, false));
        double[] counts = new double[5];
        for (int draw = 0; draw < DRAWS; draw++) {
            counts[(int) mutation.child(new double[] {2}, 1, new Generator(2, draw))[0]]++;
        }
        double square = 0;
        for (int option : new int[] {0, 1, 3, 4}) {
            square += Math.pow(counts[option] - DRAWS / 4.0, 2) / (DRAWS / 4.0);
        }
        assertEquals(0, counts[2]);
        assertTrue(square < 25.9, "chi-square " + square + ", seed 2");
    }

    @Test
    void heavyTailedStrengthsFollowTheirPowerLaw() {
        MutationRate rate = MutationRate.heavyTailed(10);
        double[] counts = new double[11];
        for (int draw = 0; draw < DRAWS; draw++) {
            counts[(int) Math.rint(10 * rate.at(0, new Generator(3, draw)))]++;
        }
        double total = 0;
        for (int k = 1; k <= 5; k++) {
            total += Math.pow(k, -1.5);
        }
        for (int k = 0; k <= 10; k++) {
            double share = k == 0 || k > 5 ? 0 : Math.pow(k, -1.5) / total;
            assertEquals(share, counts[k] / DRAWS, Z * Math.sqrt(share * (1 - share) / DRAWS), k + ", seed 3");
        }
    }

    @Test
    void portfolioRatesAreEquallyLikelyPowersOfTwo() {
        MutationRate rate = MutationRate.portfolio(20);
        double[] counts = new double[21];
        for (int draw = 0; draw < DRAWS; draw++) {
            counts[(int) Math.rint(20 * rate.at(0, new Generator(4, draw)))]++;
        }
        for (int k : new int[] {1, 2, 4, 8}) {
            assertEquals(0.25, counts[k] / DRAWS, Z * Math.sqrt(0.25 * 0.75 / DRAWS), k + ", seed 4");
        }
    }

    @Test
    void lenglersScheduleFallsToTheStandardRate() {
        MutationRate rate = MutationRate.lengler(50);
        Generator none = new Generator(1, 1);
        double before = 1;
        for (int turn = 0; turn < 2_000; turn++) {
            double now = rate.at(turn, none);
            assertTrue(now <= before && now >= 0.02);
            before = now;
        }
        assertEquals(0.02, before);
        assertTrue(rate.at(3, none) > 0.3);
    }

    /** True loss of the points asked late: noise of twice the loss of one wrong bit, or of the start's distance. */
    @ParameterizedTest
    @CsvSource({"OptimisticDiscreteOnePlusOne,DiscreteOnePlusOne", "OptimisticNoisyOnePlusOne,OnePlusOne"})
    void optimismToleratesNoiseBetterThanTrustingEachDraw(String optimistic, String trusting) {
        boolean discrete = optimistic.startsWith("OptimisticDiscrete");
        Space space = discrete ? Spaces.choices(25, 2, false) : Spaces.reals(6);
        ToDoubleFunction<double[]> loss = discrete ? MutationTest::onemax : Simulation::sphere;
        double careful = 0;
        double careless = 0;
        for (long seed = 1; seed <= 5; seed++) {
            careful += late(Optimizers.create(optimistic, Problem.of(space, 1_500, 1, seed)), seed, loss);
            careless += late(Optimizers.create(trusting, Problem.of(space, 1_500, 1, seed)), seed, loss);
        }
        assertTrue(careful * 1.3 < careless, optimistic + " " + careful / 5 + ", " + trusting + " " + careless / 5);
    }

    private static double late(Optimizer optimizer, long seed, ToDoubleFunction<double[]> loss) {
        Random noise = new Random(seed);
        double[] sum = {0, 0};
        Simulation.run(optimizer, 1_500, 1, seed, point -> {
            double value = loss.applyAsDouble(point);
            sum[0] += sum[1]++ >= 1_200 ? value / 300 : 0;
            return value + 2 * noise.nextGaussian();
        });
        return sum[0];
    }

    @Test
    void withoutNoiseOptimismCostsLittle() {
        double plain = Simulation.median("OnePlusOne", Spaces.reals(6), 300, 1, 5, Simulation::sphere);
        double optimistic =
                Simulation.median("OptimisticNoisyOnePlusOne", Spaces.reals(6), 300, 1, 5, Simulation::sphere);
        assertTrue(optimistic < 1e-3, "OnePlusOne " + plain + ", optimistic " + optimistic);
    }
}
