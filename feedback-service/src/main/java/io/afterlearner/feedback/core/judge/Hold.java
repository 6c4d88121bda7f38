package io.afterlearner.feedback.core.judge;

/** Why nobody meets a candidate. */
public enum Hold {
    /** Somebody does. */
    NONE,
    /** A person paused. */
    PAUSED,
    /** A person reverted. */
    REVERTED,
    /** Something is wrong with what is measured; a person resumes. */
    ALARM,
    /** Exposures or time are used up. */
    LIMIT,
    /** Every candidate is settled; the next one ends it. */
    SPENT,
    /** A person stopped, for good. */
    STOPPED
}
