package io.afterlearner.feedback.shell.telemetry;

import io.afterlearner.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits the first offsets of a consumer group before it reads, so that a crash skips nothing. A consumer that has to
 * find them by time would wait half a minute for each empty partition.
 */
final class TelemetryOffsets {
    /** Records written shortly before a study began may belong to its first assignments. */
    private static final Duration BEFORE = Duration.ofMinutes(10);

    private static final int TIMEOUT_SECONDS = 10;
    /** Kafka's answer for a partition without a record at or after a time. */
    private static final long NO_OFFSET = -1;

    private final KafkaSettings kafka;

    TelemetryOffsets(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** Returns if the group has offsets; the failure's cause is an UnknownTopicOrPartitionException without the topic. */
    void commit(String group, String topic) throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = kafka.newAdmin()) {
            Map<String, TopicDescription> described =
                    get(admin.describeTopics(List.of(topic)).allTopicNames());
            if (get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .isEmpty()) {
                List<TopicPartition> partitions = described.values().stream()
                        .flatMap(description -> description.partitions().stream())
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
                get(admin.alterConsumerGroupOffsets(group, first(admin, partitions))
                        .all());
            }
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> first(Admin admin, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        long since = System.currentTimeMillis() - BEFORE.toMillis();
        Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
        for (OffsetSpec spec : List.of(OffsetSpec.latest(), OffsetSpec.forTimestamp(since))) {
            var specs = partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
            get(admin.listOffsets(specs).all()).forEach((partition, found) -> {
                if (found.offset() != NO_OFFSET) {
                    first.put(partition, new OffsetAndMetadata(found.offset()));
                }
            });
        }
        return first;
    }

    private static <T> T get(KafkaFuture<T> answer) throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
