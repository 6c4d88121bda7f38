package io.afterlearner.optimizer.shell;

import jakarta.inject.Singleton;

/**
 * Counts the polled records that a Streams thread has not processed yet. When none is left, the processor requests a commit,
 * unless the commit at the end of {@code commit.interval.ms} is soon enough. So there is at most one commit per poll, instead of
 * one per record. Each thread has its own count.
 */
@Singleton
final class Backlog {
    private final ThreadLocal<int[]> left = ThreadLocal.withInitial(() -> new int[1]);

    /** A poll returned this many records. */
    void add(int records) {
        left.get()[0] += records;
    }

    /** Counts down for the record being processed; true if it is the last one, or was never counted. */
    boolean removeLast() {
        int[] count = left.get();
        count[0] = Math.max(0, count[0] - 1);
        return count[0] == 0;
    }

    /** A task starts or ends: its polled records are no longer processed here. */
    void forget() {
        left.get()[0] = 0;
    }
}
