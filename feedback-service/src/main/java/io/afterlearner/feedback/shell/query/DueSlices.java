package io.afterlearner.feedback.shell.query;

import java.util.List;
import java.util.stream.LongStream;

/**
 * When the slices of a study are asked for. A slice is asked for half a window after its end, at most {@link #MAX_DELAY_MILLIS}, when what
 * happened in it has been scraped. After a whole window, at most {@link #MAX_PATIENCE_MILLIS}, it has no value; a slice that was missed may
 * still be asked for during as long a time again.
 *
 * @param sinceMillis begin of the study; a slice that began before it is not whole
 */
record DueSlices(long sinceMillis, long sliceMillis, long windowMillis) {
    static final long MAX_DELAY_MILLIS = 120_000;
    static final long MAX_PATIENCE_MILLIS = 3_600_000;
    /** Maximum number of slices that are caught up with, the latest ones. */
    static final int MAX_BEHIND = 100;

    /** The begins of the slices that can be asked for now, the oldest first. */
    List<Long> at(long nowMillis) {
        long delayMillis = Math.min(windowMillis / 2, MAX_DELAY_MILLIS);
        long latest = Math.floorDiv(nowMillis - delayMillis, sliceMillis) - 1;
        long oldest = Math.floorDiv(nowMillis - 2 * patienceMillis(), sliceMillis);
        long whole = Math.floorDiv(sinceMillis + sliceMillis - 1, sliceMillis);
        long first = Math.max(Math.max(oldest, whole), latest - MAX_BEHIND + 1);
        return LongStream.rangeClosed(first, latest)
                .map(slice -> slice * sliceMillis)
                .boxed()
                .toList();
    }

    /** Whether a slice without a value will have none. */
    boolean isOver(long beginMillis, long nowMillis) {
        return nowMillis >= beginMillis + sliceMillis + patienceMillis();
    }

    private long patienceMillis() {
        return Math.min(windowMillis, MAX_PATIENCE_MILLIS);
    }
}
