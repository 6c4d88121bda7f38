package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.SampleRatioCheck;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What shows that measuring itself is wrong. */
final class Alarms {

    private Alarms() {}

    /** The alarm that a trial gives cause for, in a sentence; null if none. */
    static @Nullable String of(JudgingPlan plan, ArmMeasurement trial, long atMillis) {
        if (isMismatch(plan, trial, atMillis)) {
            return String.format(
                    Locale.ROOT,
                    "sample ratio mismatch: candidate %d has %d exposures where control has %d, and the shares are %.4g and %.4g",
                    trial.arm().number(),
                    trial.own().exposures(),
                    trial.control().exposures(),
                    plan.slotShare(),
                    plan.controlShare());
        }
        return trial.arm().number() == 0 && isDifferent(plan, trial)
                ? "the shipped model differs from itself: candidate 0 against control, which are the same"
                : null;
    }

    private static boolean isMismatch(JudgingPlan plan, ArmMeasurement trial, long atMillis) {
        // The same unit is met once a window: divided by the windows, there is about one count a unit.
        long rounds = plan.unitsReturn() ? 1 + (atMillis - trial.arm().sinceMillis()) / plan.windowMillis() : 1;
        double share = plan.slotShare() / (plan.slotShare() + plan.controlShare());
        return new SampleRatioCheck(Evaluation.ALARM_ALPHA)
                .isMismatch(
                        new long[] {
                            trial.own().exposures() / rounds, trial.control().exposures() / rounds
                        },
                        new double[] {share, 1 - share});
    }

    private static boolean isDifferent(JudgingPlan plan, ArmMeasurement trial) {
        Comparison comparison = new Comparison(plan.metric(), Evaluation.ALARM_ALPHA);
        Tally own = trial.own().goal();
        Tally control = trial.control().goal();
        return comparison.isBetter(own, control) || comparison.isWorse(own, control);
    }
}
