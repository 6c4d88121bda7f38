package io.afterlearner.evaluator.core;

import org.jspecify.annotations.Nullable;

/** A request, from any thread, to end an evaluation early. The first cause counts. Thread-safe. */
public final class Abort {
    /** Why an evaluation ends early. */
    public enum Cause {
        /** The evaluation takes too long; a failure is sent. */
        TIMEOUT,
        /** The evaluator stops; the candidate is released, and another evaluator gets it. */
        SHUTDOWN,
        /** The broker gives the candidate to another evaluator; the result is discarded, and nothing is answered. */
        LEASE_LOST
    }

    private @Nullable Cause cause;
    private @Nullable Runnable stop;

    public void now(Cause wish) {
        Runnable listener;
        synchronized (this) {
            if (cause != null) {
                return;
            }
            cause = wish;
            listener = stop;
        }
        if (listener != null) {
            listener.run();
        }
    }

    /** Why it was aborted; null if it was not. */
    public synchronized @Nullable Cause cause() {
        return cause;
    }

    /** Whether the result is discarded because another evaluator gets the candidate: this one stops, or lost its lease. */
    public boolean givesBack() {
        Cause known = cause();
        return known == Cause.SHUTDOWN || known == Cause.LEASE_LOST;
    }

    /** Calls {@code stop} when aborted, or at once if it already is; replaces the previous action. */
    public void whenAborted(Runnable stop) {
        boolean already;
        synchronized (this) {
            this.stop = stop;
            already = cause != null;
        }
        if (already) {
            stop.run();
        }
    }
}
