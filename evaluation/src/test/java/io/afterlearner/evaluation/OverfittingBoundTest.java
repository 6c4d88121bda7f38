package io.afterlearner.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.afterlearner.evaluation.loss.Scorer.BoundedMean;
import org.junit.jupiter.api.Test;

class OverfittingBoundTest {
    private static final BoundedMean LOSS = new BoundedMean(-1, 1, 500);

    @Test
    void withoutAdaptationItIsBonferroniOverHoeffding() {
        double distance = OverfittingBound.of(LOSS, 300, 0, 0.95).distance();
        assertEquals(1 - 0.95, 300 * 2 * Math.exp(-2 * 500 * distance * distance / 4), 1e-12);
    }

    @Test
    void whatWasLearnedCountsLikeThatManyMoreCandidates() {
        assertEquals(
                OverfittingBound.of(LOSS, 300 * 7, 0, 0.95).distance(),
                OverfittingBound.of(LOSS, 300, Math.log(7), 0.95).distance(),
                1e-12);
    }

    @Test
    void whatHasNoBoundIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> OverfittingBound.of(LOSS, 0, 0, 0.95));
        assertThrows(
                IllegalArgumentException.class, () -> OverfittingBound.of(LOSS, 1, Double.POSITIVE_INFINITY, 0.95));
        assertThrows(IllegalArgumentException.class, () -> OverfittingBound.of(LOSS, 1, 0, 1));
    }
}
