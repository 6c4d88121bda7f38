package io.afterlearner.feedback.shell.telemetry;

import io.afterlearner.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits the first offsets of a consumer group before it reads, so that a crash skips nothing. A consumer left to find
 * them by time would wait half a minute for each empty partition.
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
            TopicDescription described = admin.describeTopics(Set.of(topic))
                    .allTopicNames()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .get(topic);
            boolean isNew = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .isEmpty();
            if (isNew && described != null) {
                commit(admin, group, described);
            }
        }
    }

    private static void commit(Admin admin, String group, TopicDescription topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<TopicPartition> partitions = topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        long since = System.currentTimeMillis() - BEFORE.toMillis();
        Map<TopicPartition, Long> from = offsets(admin, partitions, OffsetSpec.forTimestamp(since));
        Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
        Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
        ends.forEach((partition, end) -> {
            long found = from.getOrDefault(partition, NO_OFFSET);
            first.put(partition, new OffsetAndMetadata(found == NO_OFFSET ? end : found));
        });
        admin.alterConsumerGroupOffsets(group, first).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec)))
                .all()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }
}
