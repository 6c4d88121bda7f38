package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.LogHistogram;
import org.jspecify.annotations.Nullable;

/**
 * How the cap of a winsorised metric is found: a quantile of control's values, before the first candidate is explored. It is never
 * changed after that. So it does not depend on anything that is compared, and all arms have the same.
 *
 * @param needed number of control's values that it takes; 0 if the metric is not winsorised
 * @param values of control so far; none once the cap is known
 * @param counted number of the values that the cap is a quantile of; 0 before
 * @param cap null before it is known
 * @param atMillis when it became known, epoch milliseconds; 0 before
 */
public record Calibration(
        long needed,
        LogHistogram values,
        long counted,
        @Nullable Double cap,
        long atMillis) {
    /** Values above the quantile. With fewer it would vary much between studies. */
    private static final double BEYOND = 10;

    private static final long LEAST = 100;

    /** Before the first value. */
    public static Calibration of(Metric metric) {
        long needed = metric.isWinsorised() ? needed(metric.winsorise()) : 0;
        return new Calibration(needed, LogHistogram.NONE, 0, null, 0);
    }

    /** Number of control's values for the cap at this share. */
    public static long needed(double share) {
        return Math.max(LEAST, Math.round(BEYOND / (1 - share)));
    }

    /** Number of control's values seen for the cap. */
    public long seen() {
        return cap == null ? values.count() : counted;
    }

    /** Whether candidates may be explored. */
    public boolean isOver() {
        return needed == 0 || cap != null;
    }

    /** With more values of control. */
    public Calibration plus(LogHistogram more) {
        return new Calibration(needed, values.plus(more), counted, cap, atMillis);
    }

    /** Whether there are enough values to fix the cap. */
    public boolean isReady() {
        return values.count() >= needed;
    }

    /** With the cap fixed. */
    public Calibration fixed(double at, long nowMillis) {
        return new Calibration(needed, LogHistogram.NONE, values.count(), at, nowMillis);
    }
}
