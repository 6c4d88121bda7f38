package io.afterlearner.k8s.containers;

import java.util.concurrent.TimeUnit;

/** A wait that fails when nothing has changed for five minutes: a busy machine is slow, but does not stand still. */
final class Patience {
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final String claim;
    private Object seen = "nothing yet";
    private long sinceNanos = System.nanoTime();

    /** @param claim what is wrong if nothing changes */
    Patience(String claim) {
        this.claim = claim;
    }

    /** @param now what should change */
    void check(Object now) {
        if (!now.equals(seen)) {
            seen = now;
            sinceNanos = System.nanoTime();
        } else if (System.nanoTime() - sinceNanos > LIMIT_NANOS) {
            throw new AssertionError(claim + " for five minutes: " + now);
        }
    }
}
