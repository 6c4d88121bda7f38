package io.afterlearner.optimizer.core;

/** Where a study stands. */
public enum Status {
    RUNNING,
    /** Asks nothing new; what is outstanding is told. */
    PAUSED,
    /** All of its budget is asked and accounted for; a larger budget makes it run again. */
    FINISHED,
    /** Ended before its budget was asked, for a reason; never runs again. */
    STOPPED;

    public boolean hasEnded() {
        return this == FINISHED || this == STOPPED;
    }
}
