package io.afterlearner.demo.report;

import io.afterlearner.schemas.BrokenGuardrail;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.Optional;

/**
 * A candidate that a guardrail stopped.
 *
 * @param seconds time since the first visit
 * @param guardrail measured level and limit
 * @param trueRatio true level divided by that of ℵ₀
 */
public record Stopped(long number, double seconds, BrokenGuardrail guardrail, double trueRatio) {

    /** The guardrail that stopped the candidate of this event; empty if none did. */
    public static Optional<BrokenGuardrail> guardrail(TrialEvent event) {
        FailureCause cause = event.getType() == TrialEventType.FAILED ? event.getCause() : null;
        return cause == null ? Optional.empty() : Optional.ofNullable(cause.getGuardrail());
    }

    /** The guarded level, such as {@code P95 of latency}. */
    String level() {
        return guardrail.getAggregate() + " of " + guardrail.getMetric();
    }

    /** Measured level divided by that of control. */
    double ratio() {
        return guardrail.getMeasured() / guardrail.getControl();
    }
}
