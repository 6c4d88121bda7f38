package io.afterlearner.feedback.shell;

/**
 * Time as the records tell it, while there are any: after an outage what waits on the topics is worked off as if it had
 * come when it was sent. Without records it goes on with the wall clock, and never ahead of it. Epoch milliseconds.
 */
final class RecordClock {
    /** Of no record since the start so long, there is nothing to work off. */
    static final long QUIET_MILLIS = 5_000;

    private long latestRecord = Long.MIN_VALUE;
    private long seenAt;

    RecordClock(long wallMillis) {
        seenAt = wallMillis;
    }

    /** A record is processed. */
    void saw(long recordMillis, long wallMillis) {
        long before = millis(wallMillis);
        latestRecord = Math.max(recordMillis, before);
        seenAt = wallMillis;
    }

    /** The time, or the least long where it is not known yet; never going back. */
    long millis(long wallMillis) {
        if (latestRecord == Long.MIN_VALUE) {
            return wallMillis - seenAt < QUIET_MILLIS ? Long.MIN_VALUE : wallMillis;
        }
        return Math.min(wallMillis, latestRecord + (wallMillis - seenAt));
    }
}
