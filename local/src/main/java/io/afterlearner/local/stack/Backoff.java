package io.afterlearner.local.stack;

/** The delay before a child that died is restarted, and when to give up. A child that ran for 30 s starts over. */
final class Backoff {
    static final int MAX_DEATHS = 12;
    static final int MAX_DEATHS_BEFORE_READY = 3;
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long MAX_WAIT_MILLIS = 5_000;
    private static final long FORGET_AFTER_MILLIS = 30_000;

    private int deaths;

    /** Milliseconds to wait after a death, or -1 to give up. */
    long afterDeath(long uptimeMillis, boolean everReady) {
        deaths = uptimeMillis >= FORGET_AFTER_MILLIS ? 1 : deaths + 1;
        if (deaths >= (everReady ? MAX_DEATHS : MAX_DEATHS_BEFORE_READY)) {
            return -1;
        }
        return Math.min(MAX_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(deaths - 1, 10));
    }
}
