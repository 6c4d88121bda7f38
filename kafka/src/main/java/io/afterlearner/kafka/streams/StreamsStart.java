package io.afterlearner.kafka.streams;

import java.time.Duration;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Whether Kafka Streams has begun: this process knows its partitions, and their state is restored. An instance that gets no partition has
 * begun as well. A later rebalance does not change that: requests are answered meanwhile. Thread-safe.
 */
public final class StreamsStart implements KafkaStreams.StateListener {
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final int MAX_STANDBY_REPLICAS = 10;

    private final int standbyReplicas;
    private volatile boolean begun;
    private volatile KafkaStreams.State state = KafkaStreams.State.CREATED;

    /**
     * @param setting that has the number of standby replicas
     * @throws IllegalArgumentException if the number is out of range
     */
    public StreamsStart(String setting, int standbyReplicas) {
        if (standbyReplicas < 0 || standbyReplicas > MAX_STANDBY_REPLICAS) {
            throw new IllegalArgumentException(
                    setting + " is " + standbyReplicas + "; give 0 to " + MAX_STANDBY_REPLICAS);
        }
        this.standbyReplicas = standbyReplicas;
    }

    @Override
    public void onChange(KafkaStreams.State now, KafkaStreams.State before) {
        state = now;
        if (now == KafkaStreams.State.RUNNING) {
            begun = true;
        }
    }

    public boolean hasBegun() {
        return begun;
    }

    /** What Kafka Streams does now, as it calls it. */
    public String state() {
        return state.name();
    }

    /**
     * Closes Kafka Streams and leaves its group if standby replicas exist, so that another instance takes over at once. Without them
     * the name of this instance keeps its partitions for the session timeout, because taking over means restoring all state.
     */
    public void close(KafkaStreams streams) {
        var membership =
                standbyReplicas > 0 ? GroupMembershipOperation.LEAVE_GROUP : GroupMembershipOperation.REMAIN_IN_GROUP;
        var unused =
                streams.close(CloseOptions.groupMembershipOperation(membership).withTimeout(CLOSE));
    }
}
