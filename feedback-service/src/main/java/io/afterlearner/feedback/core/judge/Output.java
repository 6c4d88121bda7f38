package io.afterlearner.feedback.core.judge;

import java.util.List;

/** What comes of judging, in this order. */
public sealed interface Output {

    /**
     * A candidate was measured.
     *
     * @param loss how much worse than control over the same time, in the metric's unit; below 0 is better. Not below 0
     *     where it measured outside a guardrail, whatever it gained: that gain can't be had
     * @param examples exposures it rests on
     */
    record Told(long number, double loss, double standardError, long examples) implements Output {}

    /** A candidate cannot be had, or must not be. */
    record Failed(long number, String reason) implements Output {}

    /** Units meet something else from now on. */
    record ArmsChanged(String by, String reason, Serving serving) implements Output {}

    /**
     * For the record.
     *
     * @param from champion before
     * @param to champion after; for PROPOSE and REJECT, the candidate it is about
     */
    record Audit(String by, Action action, String reason, ArmValues from, ArmValues to) implements Output {}

    /** The optimizer is to search near these values. */
    record Centre(List<Double> values) implements Output {}

    /** What the optimizer was told no longer holds. */
    record Reopen(String reason) implements Output {}

    /** Somebody should look. */
    record Alarm(String reason) implements Output {}

    /** What was done. */
    enum Action {
        BEGIN,
        PROMOTE,
        ROLLBACK,
        REVERT,
        RESUME,
        ALARM,
        DRIFT,
        PROPOSE,
        APPROVE,
        REJECT,
        STOP
    }
}
