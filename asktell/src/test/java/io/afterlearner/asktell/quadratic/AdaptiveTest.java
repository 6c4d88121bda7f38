package io.afterlearner.asktell.quadratic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Problem.Noise;
import io.afterlearner.asktell.contract.Contracts;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When {@code auto} hands over to another algorithm. */
class AdaptiveTest {

    private static final String REGION = "a quadratic model leads";
    private static final String REGRESSION = "a regression over all losses leads";
    private static final String POPULATION = "a population leads";

    private static Optimizer after(Noise noise, int outstanding, long seed, ToDoubleFunction<double[]> loss) {
        Optimizer optimizer = Optimizers.create(
                "auto", Problem.of(Spaces.reals(5), 200, outstanding, seed).withNoise(noise));
        Simulation.run(optimizer, 200, outstanding, seed, loss);
        return optimizer;
    }

    private static void assertLeads(String leader, Optimizer optimizer) {
        assertTrue(optimizer.explanation().contains("; now " + leader), optimizer.explanation());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void aSmoothLossCausesNoHandover(int outstanding) {
        for (long seed = 1; seed <= 5; seed++) {
            assertLeads(REGION, after(Noise.UNKNOWN, outstanding, seed, Simulation::sphere));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void noiseThatHidesDifferencesCausesAHandover(int outstanding) {
        for (long seed = 1; seed <= 5; seed++) {
            Random noise = new Random(seed);
            Optimizer optimizer =
                    after(Noise.UNKNOWN, outstanding, seed, x -> Simulation.sphere(x) + noise.nextGaussian());
            assertLeads(REGRESSION, optimizer);
        }
    }

    /** A thousandth of the possible gain: losses differ clearly at first, but not at the end. */
    @Test
    void smallNoiseCausesAHandoverOnlyWhenItMatters() {
        Random noise = new Random(1);
        Optimizer optimizer = Optimizers.create("auto", Problem.of(Spaces.reals(5), 200, 1, 1));
        ToDoubleFunction<double[]> loss = x -> Simulation.sphere(x) + 0.003 * noise.nextGaussian();
        Simulation.run(optimizer, 12, 1, 1, loss);
        assertLeads(REGION, optimizer);
        for (long number = 12; number < 200; number++) {
            double value = loss.applyAsDouble(optimizer.ask(number));
            optimizer.tell(number, Contracts.loss(value));
        }
        assertLeads(REGRESSION, optimizer);
        assertTrue(Simulation.sphere(optimizer.recommend()) < 0.01);
    }

    /** With so many outstanding, a noise check would be out of date. */
    @ParameterizedTest
    @ValueSource(ints = {8, 64})
    void smallNoiseCausesAnImmediateHandoverOnlyWithManyOutstanding(int outstanding) {
        Random noise = new Random(1);
        Optimizer optimizer = Optimizers.create("auto", Problem.of(Spaces.reals(5), 200, outstanding, 1));
        Simulation.run(optimizer, 12, 1, 1, x -> Simulation.sphere(x) + 0.003 * noise.nextGaussian());
        assertLeads(outstanding == 8 ? REGION : REGRESSION, optimizer);
    }

    @Test
    void aPlateauCausesAHandoverToAPopulation() {
        assertLeads(POPULATION, after(Noise.NONE, 1, 1, x -> Math.floor(Simulation.sphere(x))));
    }

    /** Waves far larger than the noise, which no quadratic predicts. */
    @Test
    void aModelThatPredictsNothingIsReplacedByAPopulation() {
        Random noise = new Random(2);
        ToDoubleFunction<double[]> waves =
                x -> Arrays.stream(x).map(v -> 10 * (1 - Math.cos(20 * v))).sum();
        assertLeads(POPULATION, after(Noise.SOME, 1, 2, x -> waves.applyAsDouble(x) + noise.nextGaussian()));
    }

    @Test
    void theShippedPointIsRepeatedOnceAndOnlyIfNoiseIsPossible() {
        assertEquals(1, shippedAgain(Noise.UNKNOWN, 0));
        assertEquals(2, shippedAgain(Noise.UNKNOWN, 1));
        assertEquals(0, shippedAgain(Noise.NONE, 0));
    }

    private static int shippedAgain(Noise declared, double level) {
        Random noise = new Random(3);
        int[] count = {-1};
        after(declared, 1, 3, x -> {
            count[0] += Arrays.equals(x, new double[5]) ? 1 : 0;
            return Simulation.sphere(x) + level * noise.nextGaussian();
        });
        return count[0];
    }

    /** A failed repetition is retried. */
    @Test
    void oneFailureDoesNotHideTheNoise() {
        Random noise = new Random(4);
        Optimizer optimizer = Optimizers.create("auto", Problem.of(Spaces.reals(5), 200, 1, 4));
        for (long number = 0; number < 200; number++) {
            double[] point = optimizer.ask(number);
            double loss = Simulation.sphere(point) + noise.nextGaussian();
            optimizer.tell(number, number == 1 ? new Outcome.Failed() : Contracts.loss(loss));
        }
        assertLeads(REGRESSION, optimizer);
    }
}
