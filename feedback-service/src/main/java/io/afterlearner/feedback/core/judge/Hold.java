package io.afterlearner.feedback.core.judge;

/** Why no candidate is explored. */
public enum Hold {
    /** Candidates are explored. */
    NONE,
    /** A person paused the study. */
    PAUSED,
    /** A person reverted the study. */
    REVERTED,
    /** The measurement cannot be trusted; a person has to resume. */
    ALARM,
    /** No reports of a metric arrive; the first one ends this hold. */
    NO_REPORTS,
    /** A query gave no value for a slice; the next value ends this hold. */
    NO_ANSWER,
    /** The study's limit of exposures or time was reached. */
    LIMIT,
    /** What is left of the error budget does not pay for another duel; a person has to grant a new one. */
    ERROR_BUDGET,
    /** Every candidate is settled; a new one ends this hold. */
    SPENT,
    /** A person stopped the study, which is final. */
    STOPPED
}
