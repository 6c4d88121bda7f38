package io.afterlearner.local.stack;

/**
 * How long to wait before a child that died starts again, and when to give up. A child that stayed up for a while has
 * its past forgotten.
 */
final class Backoff {
    static final int MOST_DEATHS = 12;
    static final int MOST_DEATHS_BEFORE_READY = 3;
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 5_000;
    private static final long FORGET_AFTER_MILLIS = 30_000;

    private int deaths;

    /** Milliseconds to wait after a death, or -1 to give up. */
    long afterDeath(long uptimeMillis, boolean everReady) {
        deaths = uptimeMillis >= FORGET_AFTER_MILLIS ? 1 : deaths + 1;
        if (deaths >= (everReady ? MOST_DEATHS : MOST_DEATHS_BEFORE_READY)) {
            return -1;
        }
        return Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(deaths - 1, 10));
    }
}
