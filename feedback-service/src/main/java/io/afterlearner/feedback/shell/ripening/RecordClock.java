package io.afterlearner.feedback.shell.ripening;

/**
 * A clock driven by record timestamps: after an outage or a delay, the backlog is processed as if it had arrived on time,
 * however long that takes. Without newer records it follows the wall clock, at twice its speed to catch up. It is ahead of
 * the wall clock only after that was turned back, and {@link #follow} ends this. Epoch milliseconds.
 */
final class RecordClock {
    /** Without a record for this long after the start, there is no backlog. */
    static final long QUIET_MILLIS = 5_000;
    /** Maximum step of a tick: whatever delayed the tick may have delayed records as well. */
    static final long MAX_TICK_MILLIS = 500;
    /** A wall clock that is further behind was turned back. */
    static final long MAX_AHEAD_MILLIS = 1_000;

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

    /** Goes back to the wall clock if that was turned back, and returns by how many milliseconds; otherwise 0. */
    long follow(long wallMillis) {
        if (now <= wallMillis + MAX_AHEAD_MILLIS) {
            return 0;
        }
        long back = now - wallMillis;
        now = wallMillis;
        newest = wallMillis;
        newestAtTick = wallMillis;
        tickedAt = wallMillis;
        return back;
    }

    /** Called for each record. */
    void saw(long recordMillis, long wallMillis) {
        newest = Math.max(newest, Math.min(recordMillis, wallMillis));
        now = Math.max(now, newest);
    }

    /** Called regularly. */
    void tick(long wallMillis) {
        if (now == Long.MIN_VALUE) {
            now = wallMillis - begunAt < QUIET_MILLIS ? now : wallMillis;
        } else if (newest == newestAtTick) {
            long step = Math.min(CATCHING_UP * (wallMillis - tickedAt), MAX_TICK_MILLIS);
            now = Math.max(now, Math.min(wallMillis, now + step));
        }
        newestAtTick = newest;
        tickedAt = wallMillis;
    }

    /** The current time; {@code Long.MIN_VALUE} if unknown yet. */
    long millis() {
        return now;
    }
}
