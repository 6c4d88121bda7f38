package io.afterlearner.evaluator.core;

import org.jspecify.annotations.Nullable;

/**
 * A wish, made once and from any thread, that an evaluation end early. The first cause counts. Thread-safe.
 */
public final class Abort {
    /** Why an evaluation is to end. */
    public enum Cause {
        /** The candidate's time is up: it fails. */
        TIMEOUT,
        /** The evaluator stops: the candidate goes back. */
        SHUTDOWN,
        /** The candidate is somebody else's by now: whatever comes of it is dropped. */
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

    /** Why it was aborted; null while it was not. */
    public synchronized @Nullable Cause cause() {
        return cause;
    }

    /** Whether the candidate is to go back instead of being answered. */
    public boolean givesBack() {
        Cause known = cause();
        return known == Cause.SHUTDOWN || known == Cause.LEASE_LOST;
    }

    /** Calls {@code stop} when aborted, at once where it already is; replaces the one before. */
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
