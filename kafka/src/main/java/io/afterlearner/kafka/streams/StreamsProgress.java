package io.afterlearner.kafka.streams;

/**
 * Whether the partitions of this instance are assigned and their state is restored. {@link StreamsListener} says it.
 *
 * <p>It stays so for the rest of the process. During a later rebalance the service still answers requests, and if all instances
 * said at once that they are not ready, nobody would.
 */
public final class StreamsProgress {
    private volatile boolean hasRun;

    void running() {
        hasRun = true;
    }

    public boolean hasRun() {
        return hasRun;
    }
}
