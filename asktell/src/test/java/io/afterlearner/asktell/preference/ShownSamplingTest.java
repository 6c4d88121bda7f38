package io.afterlearner.asktell.preference;

import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.contract.Chance;
import io.afterlearner.asktell.contract.Spaces;
import org.junit.jupiter.api.Test;

/** Points shown before any comparison. Each assertion fails for a correct sampler once in a million seeds; see {@link Chance}. */
class ShownSamplingTest {
    private static final int DRAWS = 200_000;

    @Test
    void theFirstShownPointsAreNormalAroundTheInitialPoint() {
        PreferenceSearch optimizer = new PreferenceSearch(Problem.of(Spaces.reals(1), 300, 8, 39));
        double[] shown = new double[DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            shown[k] = optimizer.propose(k + 1)[0];
        }
        Chance.assertMoments(0, 1, shown, "seed 39");
    }
}
