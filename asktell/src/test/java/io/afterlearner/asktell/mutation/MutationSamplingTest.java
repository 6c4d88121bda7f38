package io.afterlearner.asktell.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Chance;
import io.afterlearner.asktell.math.Generator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mutations of a parent. Each assertion fails for a correct sampler once in a million seeds; see {@link Chance}. */
class MutationSamplingTest {
    private static final int DRAWS = 200_000;
    private static final double FREE = Double.POSITIVE_INFINITY;

    private static double[] mutated(Parameter parameter, double from, long seed) {
        Mutation mutation = new Mutation(new Space(List.of(parameter)));
        double[] children = new double[DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            children[k] = mutation.child(new double[] {from}, 1, new Generator(seed, k))[0];
        }
        return children;
    }

    /** The logarithm of a size that is uniform over three orders of magnitude, and that of a normal: variance π²/8. */
    @Test
    void mutatedRealsMoveEitherWayByAnyOrderOfMagnitude() {
        double[] moves = mutated(new Parameter.Real("x", -FREE, FREE, false, 1, 0.5), 1, 31);
        double[] sizes = new double[DRAWS];
        long up = 0;
        for (int k = 0; k < DRAWS; k++) {
            sizes[k] = Math.log(Math.abs(moves[k] - 1) / 0.5);
            up += moves[k] > 1 ? 1 : 0;
        }
        double width = Math.log(1_000);
        double logOfNormal = -0.6351814227307391;
        Chance.assertShare(0.5, up, DRAWS, "upwards, seed 31");
        Chance.assertMean(
                logOfNormal - width / 2, width * width / 12 + Math.PI * Math.PI / 8, sizes, "log sizes, seed 31");
    }

    @ParameterizedTest
    @CsvSource({"-5, 5, 1", "-1000000, 1000000, 100", "-9007199254740992, 9007199254740992, 1"})
    void mutatedWholeNumbersMoveEquallyFarEitherWay(double low, double high, double step) {
        double[] children = mutated(new Parameter.Int("n", low, high, false, 0, step), 0, 32);
        double[] up = new double[5];
        double[] down = new double[5];
        for (double child : children) {
            int size = (int) Math.min(4, Math.abs(child) / step);
            up[size] += child > 0 ? 1 : 0;
            down[size] += child < 0 ? 1 : 0;
        }
        long moved = 0;
        for (int size = 0; size < 5; size++) {
            moved += (long) (up[size] + down[size]);
            Chance.assertShare(
                    0.5, (long) up[size], Math.max(1, (long) (up[size] + down[size])), size + " steps, seed 32");
        }
        assertEquals(DRAWS, moved, "a mutated whole number is another");
    }

    /** A short range is treated as options half of the time; those far from the parent are reached in no other way. */
    @Test
    void mutatedWholeNumbersOfAShortRangeTakeAnyOtherValue() {
        double[] children = mutated(new Parameter.Int("n", 0, 40, false, 20, 0.1), 20, 33);
        double[] counts = new double[41];
        long near = 0;
        for (double child : children) {
            counts[(int) child]++;
            near += Math.abs(child - 20) == 1 ? 1 : 0;
        }
        double[] far = new double[38];
        for (int i = 0; i < 19; i++) {
            far[i] = counts[i];
            far[19 + i] = counts[22 + i];
        }
        Chance.assertEven(far, "seed 33");
        Chance.assertShare(0.5 + 0.5 * 2 / 40, near, DRAWS, "neighbours, seed 33");
    }

    @Test
    void mutatedOrderedChoicesTakeAnyOtherOption() {
        double[] counts = new double[5];
        for (double child : mutated(new Parameter.Choice("c", 5, true, 0), 4, 34)) {
            counts[(int) child]++;
        }
        assertEquals(0, counts[4]);
        Chance.assertEven(java.util.Arrays.copyOf(counts, 4), "seed 34");
    }
}
