package io.afterlearner.evaluator.core;

/** The answer to the broker about a delivered candidate. */
public enum Answer {
    /** Done: the broker has its fitness, or its deadline has passed. */
    ACCEPT,
    /** Do not deliver it again: it is not a candidate and was sent to the dead letters. */
    REJECT,
    /** Deliver it again, to any evaluator: this one could not finish it. */
    RELEASE
}
