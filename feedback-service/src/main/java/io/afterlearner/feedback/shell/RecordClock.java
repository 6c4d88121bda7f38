package io.afterlearner.feedback.shell;

/**
 * Time as the records tell it, while there are any: after an outage, or when processing is held up, what waits on the
 * topics is worked off as if it had come when it was sent, however long that takes. Without records that are newer than
 * those before, it follows the wall clock, at twice its speed where it is behind, and is never ahead of it. Epoch
 * milliseconds.
 */
final class RecordClock {
    /** Of no record since the start so long, there is nothing to work off. */
    static final long QUIET_MILLIS = 5_000;
    /** A tick moves it by no more: what held up the tick may have held up records, too. */
    static final long LONGEST_TICK_MILLIS = 500;

    private static final int CATCHING_UP = 2;

    private final long begunAt;
    private long tickedAt;
    private long now = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;
    private long newestAtTick = Long.MIN_VALUE;

    RecordClock(long wallMillis) {
        begunAt = wallMillis;
        tickedAt = wallMillis;
    }

    /** A record is processed. */
    void saw(long recordMillis, long wallMillis) {
        newest = Math.max(newest, Math.min(recordMillis, wallMillis));
        now = Math.max(now, newest);
    }

    /** Time goes by. */
    void tick(long wallMillis) {
        if (now == Long.MIN_VALUE) {
            now = wallMillis - begunAt < QUIET_MILLIS ? now : wallMillis;
        } else if (newest == newestAtTick) {
            long step = Math.min(CATCHING_UP * (wallMillis - tickedAt), LONGEST_TICK_MILLIS);
            now = Math.max(now, Math.min(wallMillis, now + step));
        }
        newestAtTick = newest;
        tickedAt = wallMillis;
    }

    /** The time, or the least long where it is not known yet; never going back. */
    long millis() {
        return now;
    }
}
