package io.afterlearner.demo.report;

import io.afterlearner.schemas.BrokenGuardrail;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.Optional;

/**
 * A candidate that a guardrail stopped.
 *
 * @param seconds when, since the first users
 * @param guardrail the guarded level, measured and allowed
 * @param trueRatio of its level to that of ℵ₀, as the simulator knows it
 */
public record Stopped(long number, double seconds, BrokenGuardrail guardrail, double trueRatio) {

    /** The guardrail that stopped the candidate of this event; empty if none did. */
    public static Optional<BrokenGuardrail> guardrail(TrialEvent event) {
        FailureCause cause = event.getType() == TrialEventType.FAILED ? event.getCause() : null;
        return cause == null ? Optional.empty() : Optional.ofNullable(cause.getGuardrail());
    }

    /** Such as P95 of latency. */
    String level() {
        return guardrail.getAggregate() + " of " + guardrail.getMetric();
    }

    /** Of the measured level to that of control. */
    double ratio() {
        return guardrail.getMeasured() / guardrail.getControl();
    }
}
