package io.afterlearner.evaluator.core;

/** What the broker is told about a candidate it delivered. */
public enum Answer {
    /** Done: its fitness is on the broker, or nobody waits for one. */
    ACCEPT,
    /** Never deliver it again: it is no candidate, and lies with the dead letters. */
    REJECT,
    /** Deliver it again, to anyone: this evaluator could not finish it. */
    RELEASE
}
