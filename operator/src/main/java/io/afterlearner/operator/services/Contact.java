package io.afterlearner.operator.services;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whether a service answers, and when to ask it again. Used by one thread, and read by others. */
public final class Contact {
    private static final Logger LOG = Logger.getLogger(Contact.class);
    private static final int MAX_DOUBLINGS = 4;

    private final String service;
    private final Duration interval;
    private volatile @Nullable ServiceException problem;
    private volatile boolean isKnown;
    private volatile int failures;

    /** @param service its name, for the log */
    public Contact(String service, Duration interval) {
        this.service = service;
        this.interval = interval;
    }

    /** Asks the service; a failure is logged once, until it answers again. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread asks.
    void attempt(Runnable request) {
        try {
            request.run();
            if (failures > 0) {
                LOG.infof("%s answers again", service);
            }
            failures = 0;
            problem = null;
            isKnown = true;
        } catch (ServiceException e) {
            if (failures == 0) {
                LOG.warn(e.problem());
            }
            failures++;
            problem = e;
        }
    }

    /** When to ask again: ever more rarely while the service does not answer. */
    public Duration pause() {
        return interval.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    }

    /** Why the latest request failed; null if it did not. */
    public @Nullable ServiceException problem() {
        return problem;
    }

    /** Whether any answer has come yet. */
    public boolean isKnown() {
        return isKnown;
    }

    /** Whether the latest request was answered. */
    public boolean isUp() {
        return isKnown && problem == null;
    }
}
