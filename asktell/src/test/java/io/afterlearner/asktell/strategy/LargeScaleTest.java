package io.afterlearner.asktell.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.math.Generator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LMMAES and the map of noise it learns. */
class LargeScaleTest {

    private static LimitedMemory learned(long seed) {
        LimitedMemory memory = new LimitedMemory(12, 6, 10);
        for (int i = 0; i < 30; i++) {
            double[] move = new Generator(seed, i).gaussians(12);
            move[0] += 2;
            memory.learn(move, 4);
        }
        return memory;
    }

    @Test
    void whiteningUndoesColouring() {
        LimitedMemory memory = learned(1);
        double[] noise = new Generator(2, 0).gaussians(12);
        double[] there = noise.clone();
        memory.color(there);
        memory.whiten(there);
        assertArrayEquals(noise, there, 1e-9);
    }

    /**
     * Variances of coloured noise are the squared lengths of the rows of the map: within 4.42 deviations of 20,000 draws,
     * which a right sampler misses once in 10⁵.
     */
    @Test
    void colouredNoiseHasTheCovarianceOfTheMap() {
        LimitedMemory memory = learned(3);
        double[] expected = new double[12];
        for (int column = 0; column < 12; column++) {
            double[] unit = new double[12];
            unit[column] = 1;
            memory.color(unit);
            for (int row = 0; row < 12; row++) {
                expected[row] += unit[row] * unit[row];
            }
        }
        int draws = 20_000;
        double[] measured = new double[12];
        for (int draw = 0; draw < draws; draw++) {
            double[] noise = new Generator(4, draw).gaussians(12);
            memory.color(noise);
            for (int row = 0; row < 12; row++) {
                measured[row] += noise[row] * noise[row] / draws;
            }
        }
        for (int row = 0; row < 12; row++) {
            assertEquals(expected[row], measured[row], expected[row] * 4.42 * Math.sqrt(2.0 / draws), "seed 4");
        }
        assertTrue(expected[0] > 1.05 * expected[1], "moves that won are repeated");
    }

    /** From a squared distance of 1,000; RandomSearch gets no nearer than where it starts. */
    @ParameterizedTest
    @CsvSource({"1,600", "32,860"})
    void aSphereOfAThousandDimensionsIsApproached(int outstanding, double bound) {
        double best = Simulation.best("LMMAES", Spaces.reals(1_000), 2_000, outstanding, 1, LargeScaleTest::distance);
        assertTrue(best < bound, "reached " + best);
        double random = Simulation.best("RandomSearch", Spaces.reals(1_000), 200, 1, 1, LargeScaleTest::distance);
        assertTrue(random > 900, "RandomSearch " + random);
    }

    private static double distance(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += (value - 1) * (value - 1);
        }
        return sum;
    }

    /** A long valley in one direction across all axes: a learned direction can follow it, scales of parameters cannot. */
    @Test
    void aLongValleyAcrossAllAxesIsLearned() {
        int dimension = 100;
        double[] valley = new double[dimension];
        Random random = new Random(5);
        for (int i = 0; i < dimension; i++) {
            valley[i] = (random.nextBoolean() ? 1 : -1) / Math.sqrt(dimension);
        }
        double limited = Simulation.median("LMMAES", Spaces.reals(dimension), 8_000, 1, 3, x -> cigar(x, valley));
        double diagonal = Simulation.median("DiagonalCMA", Spaces.reals(dimension), 8_000, 1, 3, x -> cigar(x, valley));
        assertTrue(limited * 5 < diagonal, "LMMAES " + limited + ", DiagonalCMA " + diagonal);
    }

    private static double cigar(double[] x, double[] valley) {
        double along = 0;
        for (int i = 0; i < x.length; i++) {
            along += valley[i] * (x[i] - 3 * valley[i] - 0.1);
        }
        double sum = along * along;
        for (int i = 0; i < x.length; i++) {
            double off = x[i] - 3 * valley[i] - 0.1 - along * valley[i];
            sum += 100 * off * off;
        }
        return sum;
    }

    @Test
    void aHundredThousandParametersFit() {
        Space space = Spaces.reals(Space.MAX_PARAMETERS);
        Optimizer optimizer = Optimizers.create("LMMAES", Problem.of(space, 1_000, 8, 1));
        for (long number = 0; number < 60; number++) {
            optimizer.tell(number, new Outcome.Measured(distance(optimizer.ask(number)), Double.NaN));
        }
        space.check(optimizer.recommend());
    }
}
