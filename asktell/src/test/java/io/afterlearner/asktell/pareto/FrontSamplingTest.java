package io.afterlearner.asktell.pareto;

import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.contract.Chance;
import io.afterlearner.asktell.contract.Spaces;
import io.afterlearner.asktell.math.Vectors;
import org.junit.jupiter.api.Test;

/** Children of the members of a front. Each assertion fails for a correct sampler once in a million seeds; see {@link Chance}. */
class FrontSamplingTest {
    private static final int DRAWS = 200_000;

    /** All members at one place, so that differences are 0: half of the children move by 0.4 a coordinate, half by 0.04. */
    @Test
    void halfOfTheChildrenUseDifferencesAndATenthOfTheStep() {
        MultiObjectiveSearch optimizer = new MultiObjectiveSearch(Problem.of(Spaces.reals(30), 300, 8, 37), 2);
        for (int i = 0; i < 14; i++) {
            optimizer.tell(new double[30], new double[] {i, -i});
        }
        long narrow = 0;
        double[] wide = new double[DRAWS / 10];
        for (int number = 1; number <= wide.length; number++) {
            double[] child = optimizer.propose(number);
            double square = Vectors.dot(child, child) / 30;
            boolean differs = square < 0.04 * 0.4;
            narrow += differs ? 1 : 0;
            wide[number - 1] = child[0] / (differs ? 0.04 : 0.4);
        }
        Chance.assertShare(0.5, narrow, wide.length, "by differences, seed 37");
        Chance.assertMoments(0, 1, wide, "noise, seed 37");
    }

    /** The difference of two of 14 members, drawn with replacement, at 0 and at 1: each way with probability ¼. */
    @Test
    void membersForDifferencesAreDrawnUniformly() {
        MultiObjectiveSearch optimizer = new MultiObjectiveSearch(Problem.of(Spaces.reals(1), 300, 8, 38), 2);
        for (int i = 0; i < 14; i++) {
            optimizer.tell(new double[] {i < 7 ? 0 : 1_000}, new double[] {i, -i});
        }
        double[] parents = new double[2];
        long up = 0;
        long down = 0;
        for (int number = 1; number <= DRAWS; number++) {
            double at = Math.rint(optimizer.propose(number)[0] / 100);
            parents[at == 0 || at == 7 || at == -7 ? 0 : 1]++;
            up += at == 7 || at == 17 ? 1 : 0;
            down += at == -7 || at == 3 ? 1 : 0;
        }
        Chance.assertEven(parents, "parents, seed 38");
        Chance.assertShare(0.125, up, DRAWS, "upwards, seed 38");
        Chance.assertShare(0.125, down, DRAWS, "downwards, seed 38");
    }
}
