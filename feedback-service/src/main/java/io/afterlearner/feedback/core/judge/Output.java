package io.afterlearner.feedback.core.judge;

import java.util.List;

/** What the judge decided, in order. */
public sealed interface Output {

    /**
     * A candidate was measured.
     *
     * @param loss how much worse than control over the same time, in the metric's unit; negative is better. At least 0 if
     *     the candidate measured outside a guardrail, because such a gain cannot be used
     * @param examples number of values behind it
     */
    record Told(long number, double loss, double standardError, long examples) implements Output {}

    /** A candidate has no fitness, or must not be used. */
    record Failed(long number, Reason.Failure reason) implements Output {}

    /** Units are served differently from now on. */
    record ArmsChanged(String by, List<Reason> reasons, Serving serving) implements Output {
        public ArmsChanged {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * An entry of the audit log. After an ALARM a person should look.
     *
     * @param from champion before
     * @param to champion after; for PROPOSE, REJECT, LOST and SKIPPED, the candidate in question
     */
    record Audit(String by, Action action, Reason reason, ArmValues from, ArmValues to) implements Output {}

    /** The optimizer should search near these values. */
    record Centre(List<Double> values) implements Output {}

    /** The fitness that the optimizer was told no longer holds. */
    record Reopen(Reason reason) implements Output {}

    /** Kinds of audit entries. LOST: a challenger lost its duel; SKIPPED: a candidate is not worth one. */
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
        STOP,
        PAUSE,
        LOST,
        SKIPPED,
        EXHAUSTED,
        GRANT,
        RAMP,
        CALIBRATED
    }
}
