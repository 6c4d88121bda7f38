package io.afterlearner.asktell.design;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.math.Generator;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QuasiRandomTest {

    private static QuasiRandom.Sequence sobol(long seed) {
        return new Sobol(60, new Generator(seed, -1));
    }

    private static QuasiRandom.Sequence hammersley(long seed) {
        return new Hammersley(60, 256, new Generator(seed, -1));
    }

    @Test
    void everyCoordinateOfSobolIsSpreadExactly() {
        for (int coordinate = 0; coordinate < 60; coordinate++) {
            assertSpread(sobol(3), coordinate, 0, 256);
            assertSpread(sobol(4), coordinate, 256, 256);
        }
    }

    @Test
    void everyCoordinateOfHammersleyIsSpreadExactlyOverPowersOfItsPrime() {
        int[] counts = {256, 128, 81, 125, 49, 121, 169};
        for (int coordinate = 0; coordinate < counts.length; coordinate++) {
            QuasiRandom.Sequence sequence = new Hammersley(60, counts[coordinate], new Generator(5, -1));
            assertSpread(sequence, coordinate, 0, counts[coordinate]);
            assertSpread(sequence, 0, counts[coordinate], counts[coordinate]);
        }
    }

    private static void assertSpread(QuasiRandom.Sequence sequence, int coordinate, int from, int count) {
        boolean[] hit = new boolean[count];
        for (int index = from; index < from + count; index++) {
            hit[(int) (sequence.at(index, coordinate) * count)] = true;
        }
        for (int cell = 0; cell < count; cell++) {
            assertTrue(hit[cell], "cell " + cell + " of coordinate " + coordinate + " is empty");
        }
    }

    /** The first two coordinates are a (0, m, 2)-net: every box of area 1/256 whose sides are powers of two holds one. */
    @Test
    void theFirstTwoCoordinatesOfSobolFillEveryElementaryBox() {
        QuasiRandom.Sequence sequence = sobol(6);
        for (int wide = 1; wide <= 256; wide *= 2) {
            int high = 256 / wide;
            boolean[] hit = new boolean[256];
            for (int index = 0; index < 256; index++) {
                int column = (int) (sequence.at(index, 0) * wide);
                hit[column * high + (int) (sequence.at(index, 1) * high)] = true;
            }
            for (boolean box : hit) {
                assertTrue(box, "an empty box with " + wide + " columns");
            }
        }
    }

    /** Over seeds, any coordinate of any point but the even one is uniform: Kolmogorov-Smirnov, one failure in 10⁵ each. */
    @Test
    void scramblingMakesEachPointUniform() {
        int[][] which = {{0, 1}, {1, 7}, {5, 1}, {77, 30}, {200, 59}};
        int seeds = 2_000;
        double[][] fromSobol = new double[which.length][seeds];
        double[][] fromHammersley = new double[which.length][seeds];
        for (int seed = 0; seed < seeds; seed++) {
            QuasiRandom.Sequence sobol = sobol(seed);
            QuasiRandom.Sequence hammersley = hammersley(seed);
            for (int k = 0; k < which.length; k++) {
                fromSobol[k][seed] = sobol.at(which[k][0], which[k][1]);
                fromHammersley[k][seed] = hammersley.at(which[k][0], which[k][1]);
            }
        }
        for (int k = 0; k < which.length; k++) {
            assertUniform(fromSobol[k], "Sobol " + Arrays.toString(which[k]));
            assertUniform(fromHammersley[k], "Hammersley " + Arrays.toString(which[k]));
        }
    }

    private static void assertUniform(double[] draws, String what) {
        Arrays.sort(draws);
        double worst = 0;
        for (int i = 0; i < draws.length; i++) {
            double below = draws[i] - i / (double) draws.length;
            worst = Math.max(worst, Math.max(below, 1.0 / draws.length - below));
        }
        assertTrue(worst * Math.sqrt(draws.length) < 2.47, what + ": distance " + worst);
    }

    /** Root mean square error of the mean of Σ (xᵢ - ½)² over six coordinates: chance has 0.183 / √256 = 0.0114. */
    @Test
    void meansAreFarMorePreciseThanWithRandomPoints() {
        assertTrue(error(false) < 0.0114 / 4, "Sobol " + error(false));
        assertTrue(error(true) < 0.0114 / 4, "Hammersley " + error(true));
    }

    private static double error(boolean hammersley) {
        double squares = 0;
        for (long seed = 0; seed < 50; seed++) {
            QuasiRandom.Sequence sequence = hammersley ? hammersley(seed) : sobol(seed);
            double sum = 0;
            for (int index = 0; index < 256; index++) {
                for (int i = 0; i < 6; i++) {
                    sum += (sequence.at(index, i) - 0.5) * (sequence.at(index, i) - 0.5);
                }
            }
            squares += (sum / 256 - 0.5) * (sum / 256 - 0.5);
        }
        return Math.sqrt(squares / 50);
    }

    @Test
    void parallelRunsHaveSeparateSequencesWithoutGaps() {
        Optimizer optimizer =
                Optimizers.create("SobolSearch", Problem.of(bounded(), 33, 8, 1).withRuns(2));
        boolean[][] hit = new boolean[2][16];
        for (long number = 1; number <= 32; number++) {
            hit[(int) (number % 2)][(int) (optimizer.ask(number)[0] * 16)] = true;
        }
        for (boolean[] run : hit) {
            for (boolean cell : run) {
                assertTrue(cell);
            }
        }
    }

    private static Space bounded() {
        return new Space(java.util.List.of(new Parameter.Real("x", 0, 1, false, 0, Double.NaN)));
    }

    @Test
    void tooManyParametersForSobolAreRefusedWithAnAlternative() {
        Exception refused = assertThrows(
                IllegalArgumentException.class,
                () -> Optimizers.create("SobolSearch", Problem.of(Spaces.reals(1_112), 10, 1, 1)));
        assertTrue(String.valueOf(refused.getMessage()).contains("ScrHammersleySearch"));
        Space widest = Spaces.reals(1_111);
        widest.check(
                Optimizers.create("SobolSearch", Problem.of(widest, 10, 1, 1)).ask(5));
    }
}
