package io.afterlearner.feedback.core.metric;

import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Pairs;
import org.jspecify.annotations.Nullable;

/**
 * How the cap of a winsorised metric is found: a quantile of control's values, before the first candidate is explored. It is never
 * changed after that. So it does not depend on anything that is compared, and all arms have the same. The adjustment by the past of
 * units is found in the same way, from all that the shipped model is served to.
 *
 * @param needed number of control's values that it takes; 0 if the metric is not winsorised
 * @param values of control so far; none once the cap is known
 * @param counted number of the values that the cap is a quantile of; 0 before
 * @param cap null before it is known
 * @param pairs of values with the past of their units, while the adjustment is not known
 * @param pairless values of units without a past until then
 * @param adjustment null before it is known, or if there is none
 * @param atMillis when it became known, epoch milliseconds; 0 before
 */
public record Calibration(
        long needed,
        LogHistogram values,
        long counted,
        @Nullable Double cap,
        Pairs pairs,
        long pairless,
        @Nullable Adjustment adjustment,
        long atMillis) {
    /** Values above the quantile. With fewer it would vary much between studies. */
    private static final double BEYOND = 10;

    private static final long LEAST = 100;

    /**
     * Values with a past that fix the adjustment. That the slope is only estimated by n values adds about 1 / n of the adjusted values'
     * variance to it.
     */
    public static final long PAIRS = 200;
    /** If so many values are not enough for that, units hardly return, and values count as they are. */
    public static final long MOST_VALUES = 10 * PAIRS;

    /** Before the first value. */
    public static Calibration of(Metric metric) {
        long needed = metric.isWinsorised() ? needed(metric.winsorise()) : 0;
        return new Calibration(
                needed, LogHistogram.NONE, 0, null, Pairs.NONE, 0, metric.isAdjusted() ? null : Adjustment.NONE, 0);
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
        return (needed == 0 || cap != null) && adjustment != null;
    }

    /** With more values of control. */
    public Calibration plus(LogHistogram more) {
        return new Calibration(needed, values.plus(more), counted, cap, pairs, pairless, adjustment, atMillis);
    }

    /** Whether there are enough values to fix the cap. */
    public boolean isReady() {
        return values.count() >= needed;
    }

    /** With the cap fixed. */
    public Calibration fixed(double at, long nowMillis) {
        return new Calibration(needed, LogHistogram.NONE, values.count(), at, pairs, pairless, adjustment, nowMillis);
    }

    /** With more values of units that the shipped model is served to, or a correction of them. */
    public Calibration plus(Tally more) {
        long without = pairless + more.count() - more.pairs().count();
        return new Calibration(needed, values, counted, cap, pairs.plus(more.pairs()), without, adjustment, atMillis);
    }

    /** Whether it is known how much the past explains, or that it is not going to be. */
    public boolean isFitted() {
        return pairs.count() >= PAIRS || pairs.count() + pairless >= MOST_VALUES;
    }

    /** With the adjustment fixed. */
    public Calibration fitted(long nowMillis) {
        Adjustment fitted = pairs.count() >= PAIRS ? Adjustment.fitted(pairs) : Adjustment.NONE;
        return new Calibration(needed, values, counted, cap, pairs, pairless, fitted, nowMillis);
    }
}
