package io.afterlearner.evaluator.shell;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a process takes no records because it cannot evaluate, for example because its disk is full. It tries again
 * after {@link #FIRST}, then doubles the wait each time, up to {@link #LONGEST}. Thread-safe.
 */
final class Rest {
    static final Duration FIRST = Duration.ofSeconds(2);
    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(Rest.class);

    private final Supplier<@Nullable String> retry;
    private final LongSupplier nanos;
    private volatile @Nullable String reason;
    private long waitNanos;
    private long nextNanos;
    private boolean trying;

    /**
     * @param retry tries again; returns why the process still cannot evaluate, or null
     * @param nanos a clock, such as {@link System#nanoTime}
     */
    Rest(Supplier<@Nullable String> retry, LongSupplier nanos) {
        this.retry = retry;
        this.nanos = nanos;
    }

    /** Begins, unless it has begun. */
    synchronized void begin(String why) {
        if (reason == null) {
            reason = why;
            waitNanos = FIRST.toNanos();
            nextNanos = nanos.getAsLong() + waitNanos;
            LOG.errorf("no candidates are taken until this is fixed: %s", why);
        }
    }

    /** Tries again at the next look. */
    synchronized void hurry() {
        nextNanos = nanos.getAsLong();
    }

    /** Why no records are taken; null if they are. */
    @Nullable
    String reason() {
        return reason;
    }

    /** Whether records may be taken. Tries again if it is time to. */
    boolean isOver() {
        return reason == null || triedAgain();
    }

    private boolean triedAgain() {
        if (!mayTry()) {
            return false;
        }
        // It may take long, and the other slots must not wait for it.
        String still = reason;
        try {
            still = retry.get();
        } finally {
            tried(still);
        }
        return still == null;
    }

    private synchronized boolean mayTry() {
        boolean may = reason != null && !trying && nanos.getAsLong() - nextNanos >= 0;
        trying |= may;
        return may;
    }

    private synchronized void tried(@Nullable String still) {
        trying = false;
        reason = still;
        waitNanos = Math.min(2 * waitNanos, LONGEST.toNanos());
        nextNanos = nanos.getAsLong() + waitNanos;
        if (still == null) {
            LOG.info("candidates are taken again");
        }
    }
}
