package io.afterlearner.demo.online;

import io.afterlearner.demo.report.OnlineResult.Revert;
import io.afterlearner.demo.report.OnlineResult.Streams;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.TrialEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the study measured, phase by phase.
 *
 * @param driftedAt seconds since the first visit; null if the taste did not drift
 * @param after null if the taste did not drift
 * @param revert null if all users were served ℵ₀ already
 */
record OnlineCourse(
        Seen before,
        @Nullable Double driftedAt,
        @Nullable Seen after,
        @Nullable Revert revert,
        Streams streams,
        List<TrialEvent> trials,
        List<ArmsChange> audit) {

    /**
     * The champion at the end of a phase.
     *
     * @param values its ℵ
     * @param lift measured reward minus that of control; null if unknown
     * @param liftError its standard error; null if unknown
     */
    record Seen(
            long champion,
            List<Double> values,
            @Nullable Double lift,
            @Nullable Double liftError) {}
}
