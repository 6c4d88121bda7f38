package io.afterlearner.optimizer.shell;

/**
 * How many polled records a Streams thread has yet to process. When none is left, the processor requests the commit: one
 * for all that was polled together, neither one a record nor one only after a while. Counts for each thread its own.
 */
final class Backlog {
    private final ThreadLocal<int[]> left = ThreadLocal.withInitial(() -> new int[1]);

    /** That many more came with a poll. */
    void add(int records) {
        left.get()[0] += records;
    }

    /** One is being processed; whether it is the last. A record nobody counted is the last, too. */
    boolean removeLast() {
        int[] count = left.get();
        count[0] = Math.max(0, count[0] - 1);
        return count[0] == 0;
    }

    /** A task comes or goes, and what is polled for it and not processed is processed by nobody here. */
    void forget() {
        left.get()[0] = 0;
    }
}
