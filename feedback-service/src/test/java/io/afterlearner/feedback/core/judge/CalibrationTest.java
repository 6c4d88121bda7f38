package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Calibration;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A study whose metric is winsorised at the 0.9 quantile of control's first 100 values. */
class CalibrationTest {
    private static final int NEEDED = 100;
    private static final Metric REVENUE = new Metric("revenue", Metric.Aggregate.MEAN, true, new Range(-5, 1_000), 0.9);

    private final PlayedStudy study =
            PlayedStudy.plan().unguarded().improving(REVENUE).played();

    private void spends(Arm arm, long number, double value) {
        long drawn = study.next();
        study.when(new Input.Ripened(
                study.next(), arm, number, drawn, "shop", ExposureTotals.of(1, List.of(REVENUE.tally(value)))));
    }

    /** Values of control from 1 up. */
    private void calibrated() {
        for (int i = 1; i <= NEEDED; i++) {
            spends(Arm.CONTROL, 0, i);
        }
    }

    private Double cap() {
        return study.state.calibration().cap();
    }

    @Test
    void noCandidateIsExploredBeforeTheCapIsFixed() {
        study.arrives(1);
        for (int i = 1; i < NEEDED; i++) {
            spends(Arm.CONTROL, 0, i);
            spends(Arm.CHAMPION, 0, 1_000);
        }
        assertNull(cap());
        assertEquals(NEEDED - 1, study.state.calibration().seen());
        assertFalse(study.slots().contains(1L));
        spends(Arm.CONTROL, 0, NEEDED);
        assertEquals(90, cap());
        assertEquals(study.state.atMillis(), study.state.calibration().atMillis());
        assertTrue(study.slots().contains(1L));
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.CALIBRATED), study.actions());
    }

    /** The quantile is of what was reported late, too. */
    @Test
    void aLateReportReplacesTheValueOfItsUnit() {
        for (int i = 1; i < NEEDED; i++) {
            spends(Arm.CONTROL, 0, i);
        }
        Tally late = REVENUE.tally(500).minus(REVENUE.tally(1));
        study.when(new Input.Ripened(
                study.next(), Arm.CONTROL, 0, study.next(), "shop", ExposureTotals.of(0, List.of(late))));
        spends(Arm.CONTROL, 0, NEEDED);
        assertEquals(91, cap());
    }

    /** What the cap was made of is not compared, so the comparisons do not depend on it. */
    @Test
    void whatTheCapIsMadeOfIsNotCompared() {
        calibrated();
        assertEquals(0, study.state.watch().champion().control().exposures());
        assertEquals(0, study.state.calibration().values().count());
    }

    @Test
    void afterwardsTheCapIsTheSameForEachArmAndNeverChanges() {
        calibrated();
        study.arrives(1);
        for (int i = 0; i < NEEDED; i++) {
            spends(Arm.CONTROL, 0, 800);
            spends(Arm.EXPLORE, 1, 900);
            spends(Arm.CHAMPION, 0, 60);
        }
        ArmMeasurement candidate = study.state.trials().get(0);
        Metric metric = study.state.plan().metric();
        assertEquals(90, metric.level(candidate.own().goal()), 1e-9);
        assertEquals(90, metric.level(candidate.control().goal()), 1e-9);
        assertEquals(60, metric.level(candidate.champion().goal()), 1e-9);
        assertEquals(0, candidate.own().goal().bins().count());
        study.ordered(Input.Action.PAUSE).ordered(Input.Action.RESUME);
        calibrated();
        assertEquals(90, cap());
    }

    @Test
    void aValueBelowIsCorrectedAsItWas() {
        calibrated();
        study.arrives(1);
        spends(Arm.EXPLORE, 1, -3);
        long drawn = study.next();
        Tally late = REVENUE.tally(200).minus(REVENUE.tally(-3));
        study.when(new Input.Ripened(study.next(), Arm.EXPLORE, 1, drawn, "shop", ExposureTotals.of(0, List.of(late))));
        ArmMeasurement candidate = study.state.trials().get(0);
        assertEquals(1, candidate.own().goal().count());
        assertEquals(90, study.state.plan().metric().level(candidate.own().goal()), 1e-9);
    }

    @Test
    void aPromotionKeepsTheCapAndSaysIt() {
        calibrated();
        study.arrives(1);
        for (int i = 0; i < 20_000 && study.champion() == 0; i++) {
            spends(Arm.CONTROL, 0, 10);
            spends(Arm.CONTROL, 0, 400);
            spends(Arm.CHAMPION, 0, i % 2 == 0 ? 10 : 400);
            spends(Arm.EXPLORE, 1, i % 4 == 0 ? 10 : 100);
        }
        assertEquals(1, study.champion());
        assertEquals(90, cap());
        Reason.DuelWon won = study.all(Output.Audit.class).stream()
                .map(Output.Audit::reason)
                .filter(Reason.DuelWon.class::isInstance)
                .map(Reason.DuelWon.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(90, won.figures().metric().range().high());
        assertEquals(-20, won.figures().loss(), 3);
    }

    @Test
    void aQuantileAtTheLowerEndHoldsExploration() {
        study.arrives(1);
        for (int i = 0; i < NEEDED; i++) {
            spends(Arm.CONTROL, 0, i < 95 ? -5 : 100);
        }
        assertEquals(Hold.ALARM, study.state.hold());
        assertEquals(List.of(Output.Action.BEGIN, Output.Action.ALARM), study.actions());
        study.ordered(Input.Action.RESUME);
        assertTrue(study.slots().contains(1L));
        assertEquals(1_000, cap());
        spends(Arm.EXPLORE, 1, 700);
        assertEquals(
                700,
                study.state
                        .plan()
                        .metric()
                        .level(study.state.trials().get(0).own().goal()),
                1e-6);
    }

    @Test
    void whileAPersonHoldsTheStudyItIsNotCalibrated() {
        study.ordered(Input.Action.REVERT);
        calibrated();
        assertNull(cap());
        assertEquals(Serving.State.REVERTED, study.state.serving().state());
        study.ordered(Input.Action.RESUME);
        calibrated();
        assertEquals(90, cap());
    }

    @Test
    void rarerValuesNeedMoreOfControl() {
        assertEquals(100, Calibration.needed(0.5));
        assertEquals(1_000, Calibration.needed(0.99));
        assertEquals(10_000, Calibration.needed(0.999));
    }
}
