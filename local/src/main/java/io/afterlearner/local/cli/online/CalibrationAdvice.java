package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Timing;
import io.afterlearner.feedback.core.metric.Calibration;
import io.afterlearner.feedback.core.metric.Metric;
import org.jspecify.annotations.Nullable;

/** Of a winsorised metric whose cap takes so many of control's values that the first candidate comes late. */
final class CalibrationAdvice {
    /** A calibration is long if this times it is longer than the whole search. */
    private static final long LONG = 4;
    /** A lower quantile would no longer cap extreme values only. */
    private static final double LEAST = 0.9;

    private CalibrationAdvice() {}

    static @Nullable String of(StudyPlan plan) {
        Metric metric = plan.judging().metric();
        Timing timing = plan.forecast().timing();
        long calibration = timing.calibrationMillis();
        if (!metric.isWinsorised()
                || calibration <= timing.searchMillis(plan.judging().budget()) / LONG) {
            return null;
        }
        return "online.metric.winsorise: the cap takes " + Words.count(Calibration.needed(metric.winsorise()))
                + " values of control, " + Words.time(calibration) + " before the first candidate; "
                + lower(metric.winsorise()) + "raise online.control";
    }

    /** Ten times as many values above the quantile. */
    private static String lower(double share) {
        double lower = Math.round((1 - 10 * (1 - share)) * 1e4) / 1e4;
        return lower < LEAST
                ? ""
                : "lower it (" + Words.exact(lower) + " takes " + Words.count(Calibration.needed(lower)) + "), or ";
    }
}
