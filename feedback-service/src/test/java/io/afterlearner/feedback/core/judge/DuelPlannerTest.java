package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuelPlannerTest {
    private static final double ALPHA = 0.025;

    /** A thousand values around a mean, in the range of 0 to 1. */
    private static DuelPlanner planner(double mean, double deviation) {
        Tally control = Tally.NONE;
        for (int i = 0; i < 1_000; i++) {
            control = control.plus(PlayedStudy.REWARD.tally(mean + (i % 2 == 0 ? deviation : -deviation)));
        }
        JudgingPlan plan = PlayedStudy.plan().unguarded().build();
        return new DuelPlanner(plan, 1, ExposureTotals.of(1_000, List.of(control)), control, 1);
    }

    @Test
    void aRangeMuchWiderThanTheValuesSpreadCostsExposures() {
        DuelPlanner narrow = planner(0.1, 0.005);
        long needed = narrow.effort(0.01, 0, ALPHA).exposures();
        assertTrue(needed > 500, needed + " exposures");
        assertEquals(200, narrow.unranged(0.01, 0, ALPHA), "as few as a candidate has");
    }

    @Test
    void aRangeAsWideAsTheValuesSpreadCostsNone() {
        DuelPlanner wide = planner(0.5, 0.3);
        assertEquals(wide.effort(0.1, 0, ALPHA).exposures(), wide.unranged(0.1, 0, ALPHA));
    }
}
