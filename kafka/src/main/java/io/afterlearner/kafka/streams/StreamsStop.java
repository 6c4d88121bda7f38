package io.afterlearner.kafka.streams;

import java.time.Duration;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;

/** How a process that is asked to stop leaves its partitions. */
public final class StreamsStop {
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private StreamsStop() {}

    /**
     * Closes Kafka Streams. With standby replicas the process leaves the group, so that one of them takes over at once. Without them its
     * name keeps the partitions for the session timeout, because taking over would mean to restore all state.
     */
    public static void close(KafkaStreams streams, int standbyReplicas) {
        var membership =
                standbyReplicas > 0 ? GroupMembershipOperation.LEAVE_GROUP : GroupMembershipOperation.REMAIN_IN_GROUP;
        var unused =
                streams.close(CloseOptions.groupMembershipOperation(membership).withTimeout(AT_MOST));
    }
}
