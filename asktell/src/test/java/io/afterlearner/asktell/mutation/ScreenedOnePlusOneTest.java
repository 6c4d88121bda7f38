package io.afterlearner.asktell.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.contract.Contracts;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScreenedOnePlusOneTest {

    /** Each choice contributes alone and together with its neighbour; median of seven seeds. */
    private static double reached(String algorithm, int asks) {
        return Simulation.median(algorithm, Spaces.choices(30, 2, false), asks, 1, 7, x -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                double wanted = i % 3 == 0 ? 0 : 1;
                sum += x[i] == wanted ? 0 : 1 + i % 4;
                sum += x[i] == x[(i + 1) % x.length] ? 0.5 : 0;
            }
            return sum;
        });
    }

    @Test
    void screeningHalvesTheAsksNeeded() {
        double screened = reached("ScreenedOnePlusOne", 100);
        double plain = reached("FastGADiscreteOnePlusOne", 200);
        assertTrue(screened <= plain, "after 100 asks " + screened + ", without screening after 200 " + plain);
    }

    @Test
    void noPointIsAskedTwiceWhileOthersRemain() {
        Optimizer optimizer =
                Optimizers.create("ScreenedOnePlusOne", Problem.of(Spaces.choices(8, 2, true), 120, 8, 1));
        Set<String> asked = new HashSet<>();
        for (long number = 0; number < 120; number++) {
            double[] point = optimizer.ask(number);
            asked.add(Arrays.toString(point));
            if (number % 8 == 7) {
                for (long told = number - 7; told <= number; told++) {
                    optimizer.tell(told, Contracts.loss((double) told));
                }
            }
        }
        assertEquals(120, asked.size());
    }

    /** A Gaussian process interpolates known points, up to its ridge, and reverts to the mean far away. */
    @Test
    void likenessInterpolatesToldPointsAndRevertsToTheMeanFarAway() {
        Likeness likeness = new Likeness();
        double[] far = new double[40];
        Arrays.fill(far, 1);
        for (int i = 0; i < 10; i++) {
            double[] point = new double[40];
            point[i] = 1;
            likeness.add(point, i % 2 == 0 ? 5 : 7);
        }
        double[] known = new double[40];
        known[4] = 1;
        assertEquals(-1, likeness.low(known, 0), 0.2);
        assertEquals(0, likeness.low(far, 0), 0.05);
        assertTrue(likeness.low(known, 1) > -1.3);
        assertTrue(likeness.low(far, 1) < -0.9);
    }
}
