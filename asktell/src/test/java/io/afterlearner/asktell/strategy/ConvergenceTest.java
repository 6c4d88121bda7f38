package io.afterlearner.asktell.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ConvergenceTest {

    /** The number of batches of 10 in 5 dimensions until a run is over; at most 5,000. */
    private static int batches(IntToDoubleFunction loss) {
        Convergence convergence = new Convergence(5, 10);
        for (int told = 0; told < 50_000; told++) {
            if (convergence.add(loss.applyAsDouble(told)) && convergence.reached()) {
                return (told + 1) / 10;
            }
        }
        return 5_000;
    }

    @Test
    void anImprovingRunIsNotOver() {
        assertEquals(5_000, batches(told -> StrictMath.exp(-told / 1e4)));
        Random noise = new Random(1);
        assertEquals(5_000, batches(told -> StrictMath.exp(-told / 5e3) * (1 + 0.1 * noise.nextDouble())), "seed 1");
    }

    /** 10 + 30·5/10 batches. */
    @Test
    void aRunOfEqualLossesIsOver() {
        assertEquals(25, batches(told -> 7));
        assertEquals(25, batches(told -> Double.POSITIVE_INFINITY));
        assertEquals(26, batches(told -> told < 10 ? 1e3 : 1e-10 * (told % 7)), "within 1e-12 of what was gained");
        assertEquals(5_000, batches(told -> told < 10 ? 1 : 1e-10 * (50_000 - told)), "more than that");
    }

    @Test
    void aRunOfNoiseWithoutATrendIsOver() {
        Random noise = new Random(2);
        int batches = batches(told -> noise.nextGaussian());
        assertTrue(batches >= 135 && batches < 300, batches + " batches, seed 2");
    }

    @Test
    void onlyAFullBatchIsJudged() {
        Convergence convergence = new Convergence(5, 10);
        for (int told = 1; told <= 30; told++) {
            assertEquals(told % 10 == 0, convergence.add(told));
        }
        assertFalse(convergence.reached());
        assertEquals(26, convergence.median());
    }
}
