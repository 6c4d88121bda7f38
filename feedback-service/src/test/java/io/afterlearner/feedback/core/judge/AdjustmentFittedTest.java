package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Adjustment;
import io.afterlearner.feedback.core.metric.Calibration;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The adjustment is fixed before the first candidate is explored. */
class AdjustmentFittedTest {
    private static final Metric SPENT =
            new Metric("spent", Metric.Aggregate.MEAN, true, new Range(0, 10)).adjusted(Adjustment.NONE);

    private final PlayedStudy study =
            PlayedStudy.plan().unguarded().improving(SPENT).played();

    private void ripens(Arm arm, Tally tally) {
        long drawn = study.next();
        study.when(new Input.Ripened(study.next(), arm, 0, drawn, "shop", ExposureTotals.of(1, List.of(tally))));
    }

    /** Of a unit that always spends so much, half of it by its past. */
    private void spends(Arm arm, int i) {
        double value = i % 10;
        ripens(arm, SPENT.tally(value).paired(value / 20));
    }

    @Test
    void noCandidateIsExploredBeforeItIsFixedFromControlAndTheShippedChampion() {
        study.arrives(1);
        for (int i = 1; i < Calibration.PAIRS; i++) {
            spends(i % 2 == 0 ? Arm.CONTROL : Arm.CHAMPION, i);
            ripens(Arm.CONTROL, SPENT.tally(3));
        }
        assertNull(study.state.calibration().adjustment());
        assertFalse(study.slots().contains(1L));
        spends(Arm.CONTROL, (int) Calibration.PAIRS);
        Adjustment fixed = Objects.requireNonNull(study.state.calibration().adjustment());
        assertEquals(1, fixed.slope(), "clipped: the past is half of what it tells");
        assertEquals(fixed, study.state.plan().metric().adjustment());
        assertTrue(study.slots().contains(1L));
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.CALIBRATED), study.actions());
        assertEquals(0, study.state.watch().champion().control().exposures(), "what it was fitted to is not compared");
        for (int i = 0; i < 300; i++) {
            ripens(Arm.CONTROL, SPENT.tally(3).paired(0.9));
        }
        assertEquals(fixed, study.state.plan().metric().adjustment(), "it never changes");
    }

    @Test
    void whereUnitsHardlyReturnValuesCountAsTheyAre() {
        study.arrives(1);
        for (int i = 0; i < 10 * Calibration.PAIRS; i++) {
            assertFalse(study.slots().contains(1L));
            ripens(Arm.CONTROL, SPENT.tally(3));
        }
        assertEquals(Adjustment.NONE, study.state.calibration().adjustment());
        assertTrue(study.slots().contains(1L));
    }
}
