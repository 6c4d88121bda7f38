package io.afterlearner.evaluation.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluation.loss.Scorer.BoundedMean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverfittingBoundTest {
    private static final BoundedMean LOSS = new BoundedMean(-1, 1, 500);

    /** At one of the two ends the inequality holds with equality. */
    @Test
    void withoutAdaptationItIsBonferroniOverChernoff() {
        double distance = OverfittingBound.of(LOSS, -0.6, 300, 0, 0.95).distance();
        double end = 0.2 + distance / 2;
        double divergence = 0.2 * Math.log(0.2 / end) + 0.8 * Math.log(0.8 / (1 - end));
        assertEquals(1 - 0.95, 300 * 2 * Math.exp(-500 * divergence), 1e-12);
    }

    /** The chance that as many of 200 examples are wrong as put the true loss beyond the bound, summed exactly. */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.01, 0.05, 0.2, 0.5, 0.9, 0.995})
    void theBoundHoldsAtItsConfidence(double real) {
        BoundedMean loss = new BoundedMean(0, 1, 200);
        double missed = 0;
        double chance = Math.pow(1 - real, 200);
        for (int wrong = 0; wrong <= 200; wrong++) {
            double measured = wrong / 200.0;
            double distance = OverfittingBound.of(loss, measured, 1, 0, 0.95).distance();
            missed += Math.abs(measured - real) > distance ? chance : 0;
            chance *= (200 - wrong) / (wrong + 1.0) * real / (1 - real);
        }
        assertTrue(missed <= 0.05, "missed with probability " + missed);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.9, 0, 0.4, 1})
    void itIsNeverLooserThanHoeffdingsRoot(double measured) {
        for (double nats : new double[] {0, 10, 300}) {
            double distance =
                    OverfittingBound.of(LOSS, measured, 300, nats, 0.95).distance();
            double root = Math.sqrt((nats + Math.log(300 * 2 / 0.05)) / (2 * 500));
            assertTrue(distance > 0 && distance <= 2 * root + 1e-12, distance + " against " + 2 * root);
        }
    }

    @Test
    void learnedNatsCountLikeMoreCandidates() {
        assertEquals(
                OverfittingBound.of(LOSS, 0, 300 * 7, 0, 0.95).distance(),
                OverfittingBound.of(LOSS, 0, 300, Math.log(7), 0.95).distance(),
                1e-12);
    }

    @Test
    void invalidArgumentsAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> OverfittingBound.of(LOSS, 0, 0, 0, 0.95));
        assertThrows(
                IllegalArgumentException.class, () -> OverfittingBound.of(LOSS, 0, 1, Double.POSITIVE_INFINITY, 0.95));
        assertThrows(IllegalArgumentException.class, () -> OverfittingBound.of(LOSS, 0, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> OverfittingBound.of(LOSS, Double.NaN, 1, 0, 0.95));
    }
}
