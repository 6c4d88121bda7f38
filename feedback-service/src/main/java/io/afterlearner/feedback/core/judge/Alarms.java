package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.SampleRatioCheck;
import org.jspecify.annotations.Nullable;

/** Detects that the measurement itself is wrong. */
final class Alarms {
    /** False positive probability per candidate. It is small, because a study has hundreds and an alarm stops it. */
    private static final double ALPHA = 1e-4;

    private Alarms() {}

    /** The alarm that a candidate's measurement raises; null if none. */
    static @Nullable Reason of(JudgingPlan plan, ArmMeasurement candidate, long atMillis) {
        if (isMismatch(plan, candidate, atMillis)) {
            return new Reason.SampleRatioMismatch(
                    candidate.arm().number(),
                    candidate.own().exposures(),
                    candidate.control().exposures(),
                    plan.slotShare(),
                    plan.controlShare());
        }
        return candidate.arm().number() == 0 && isDifferent(plan, candidate) ? new Reason.ShippedModelDiffers() : null;
    }

    private static boolean isMismatch(JudgingPlan plan, ArmMeasurement candidate, long atMillis) {
        // A unit is exposed once per window: divided by the number of windows, the counts are about those of units.
        long rounds = plan.unitsReturn() ? 1 + (atMillis - candidate.arm().sinceMillis()) / plan.windowMillis() : 1;
        double share = plan.slotShare() / (plan.slotShare() + plan.controlShare());
        return new SampleRatioCheck(ALPHA)
                .isMismatch(
                        new long[] {
                            candidate.own().exposures() / rounds,
                            candidate.control().exposures() / rounds
                        },
                        new double[] {share, 1 - share});
    }

    private static boolean isDifferent(JudgingPlan plan, ArmMeasurement candidate) {
        Comparison comparison = new Comparison(plan.metric(), ALPHA);
        Tally own = candidate.own().goal();
        Tally control = candidate.control().goal();
        return comparison.isBetter(own, control) || comparison.isWorse(own, control);
    }
}
