package io.afterlearner.optimizer.shell;

import jakarta.inject.Singleton;

/**
 * Counts the polled records that a Streams thread has not processed yet. When none is left, the processor requests a commit,
 * unless the commit at the end of {@code commit.interval.ms} is soon enough. So there is at most one commit per poll, instead of
 * one per record. Each thread has its own count.
 */
@Singleton
final class Backlog {
    private static final class Count {
        private int left;
        private boolean urgent;
    }

    private final ThreadLocal<Count> counts = ThreadLocal.withInitial(Count::new);

    /** A poll returned this many records. */
    void add(int records) {
        counts.get().left += records;
    }

    /**
     * Counts down for the record being processed.
     *
     * @param urgent whether its commit must not wait for the interval
     * @return whether to commit: it is the last one, or was never counted, and it or one since the last commit is urgent
     */
    boolean processed(boolean urgent) {
        Count count = counts.get();
        count.left = Math.max(0, count.left - 1);
        count.urgent |= urgent;
        boolean commit = count.left == 0 && count.urgent;
        count.urgent &= !commit;
        return commit;
    }

    /** A task starts or ends: its polled records are no longer processed here. */
    void forget() {
        counts.get().left = 0;
    }
}
