package io.afterlearner.asktell.strategy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import org.junit.jupiter.api.Test;

class RestartsTest {

    /** A grid of valleys, the deeper the nearer to 1.3. */
    private static double valleys(double[] x) {
        double sum = 0;
        for (double value : x) {
            double off = value - 1.3;
            sum += off * off + 10 * (1 - Math.cos(2 * Math.PI * off));
        }
        return sum;
    }

    @Test
    void restartsFindADeeperValley() {
        for (int outstanding : new int[] {1, 16}) {
            double once = Simulation.median("CMA", Spaces.reals(3), 4_000, outstanding, 9, RestartsTest::valleys);
            double anew =
                    Simulation.median("CMAWithRestarts", Spaces.reals(3), 4_000, outstanding, 9, RestartsTest::valleys);
            assertTrue(anew < 1.1 && anew < 0.7 * once, outstanding + " outstanding: " + anew + ", once " + once);
        }
    }

    @Test
    void aRunThatMakesProgressIsNotRestarted() {
        double best = Simulation.median("CMAWithRestarts", Spaces.reals(6), 800, 1, 5, Simulation::sphere);
        assertTrue(best < 1e-7, "reached " + best);
    }
}
