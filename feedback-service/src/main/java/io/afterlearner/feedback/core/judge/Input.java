package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import java.util.List;

/** What a study is judged by, in the order it came. Times are epoch milliseconds. */
public sealed interface Input {
    long atMillis();

    /** The optimizer asked for a candidate; after the deadline it waits for it no more. */
    record Arrived(long atMillis, long number, List<Double> values, long deadlineMillis) implements Input {}

    /** The optimizer may ask so many in all from now on: the study was extended, or opened again. */
    record Budgeted(long atMillis, long budget) implements Input {}

    /** The optimizer recommends it. */
    record Recommended(long atMillis, long number, List<Double> values) implements Input {}

    /**
     * What an exposure was worth, or several of one arm assigned at one time; or what corrects it, with no exposures
     * but a difference of tallies.
     *
     * @param number the candidate that was met
     * @param assignedAtMillis when: what was assigned before an arm began does not count for it
     */
    record Ripened(long atMillis, Arm arm, long number, long assignedAtMillis, ExposureTotals worth) implements Input {}

    /** What a person wants. */
    record Order(long atMillis, String by, What what) implements Input {}

    /**
     * Somebody else wrote the study's arms: they are reverted, and nothing is written until a person resumes.
     *
     * @param reason as it was written
     * @param revision of what was written
     */
    record Overruled(long atMillis, String by, String reason, long revision) implements Input {}

    /** Time goes by. */
    record Tick(long atMillis) implements Input {}

    /** What a person may want: APPROVE and REJECT answer a proposal. */
    enum What {
        PAUSE,
        RESUME,
        STOP,
        REVERT,
        APPROVE,
        REJECT
    }
}
