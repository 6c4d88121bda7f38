package io.afterlearner.optimizer.core;

/** A study's status. */
public enum Status {
    RUNNING,
    /** Asks nothing new; outstanding candidates are still told. */
    PAUSED,
    /** The whole budget is asked and every candidate settled; a larger budget makes it run again. */
    FINISHED,
    /** Ended before its budget was asked; never runs again. */
    STOPPED;

    public boolean hasEnded() {
        return this == FINISHED || this == STOPPED;
    }
}
