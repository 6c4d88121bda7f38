package io.afterlearner.optimizer.core;

import org.jspecify.annotations.Nullable;

/**
 * What evaluators said about an outstanding candidate. An evaluator takes a candidate, and may give it back. A claim that is
 * repeated, or belongs to an earlier delivery, changes nothing. The number of claims is limited, so that an evaluator that never stops
 * claiming a candidate cannot keep it outstanding for ever.
 *
 * @param taken how often it was taken
 * @param by the evaluator of the latest claim; null before the first
 * @param delivery of the latest claim
 * @param isHeld whether that evaluator works on it
 */
record Claims(int taken, @Nullable String by, int delivery, boolean isHeld) {
    /** As often as Kafka's share groups deliver a record by default. */
    static final int MAX_TAKEN = 5;

    static final Claims NONE = new Claims(0, null, 0, false);

    /** Whether a claim of this evaluator changes anything. */
    boolean accepts(String evaluator, int delivered, boolean holds) {
        boolean same = evaluator.equals(by) && delivered == delivery;
        return holds ? taken < MAX_TAKEN && !same && delivered >= delivery : isHeld && same;
    }

    Claims next(Event.Claimed claim) {
        return new Claims(claim.holds() ? taken + 1 : taken, claim.by(), claim.delivery(), claim.holds());
    }
}
