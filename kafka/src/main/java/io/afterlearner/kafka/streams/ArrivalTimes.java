package io.afterlearner.kafka.streams;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Replaces unusable timestamps of records by the time of their arrival. With a negative timestamp Kafka Streams would fail; one in
 * the future would move clocks ahead. All topics need this, including the internal ones, for which Kafka Streams ignores a
 * timestamp extractor.
 */
final class ArrivalTimes {
    private ArrivalTimes() {}

    static <K, V> ConsumerRecords<K, V> corrected(ConsumerRecords<K, V> polled, long nowMillis) {
        for (ConsumerRecord<K, V> record : polled) {
            if (!isUsable(record.timestamp(), nowMillis)) {
                return allCorrected(polled, nowMillis);
            }
        }
        return polled;
    }

    private static boolean isUsable(long timestamp, long nowMillis) {
        return timestamp >= 0 && timestamp <= nowMillis;
    }

    private static <K, V> ConsumerRecords<K, V> allCorrected(ConsumerRecords<K, V> polled, long nowMillis) {
        Map<TopicPartition, List<ConsumerRecord<K, V>>> corrected = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<K, V>> records = new ArrayList<>();
            polled.records(partition)
                    .forEach(record -> records.add(
                            isUsable(record.timestamp(), nowMillis) ? record : corrected(record, nowMillis)));
            corrected.put(partition, records);
        }
        return new ConsumerRecords<>(corrected, polled.nextOffsets());
    }

    private static <K, V> ConsumerRecord<K, V> corrected(ConsumerRecord<K, V> record, long nowMillis) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                nowMillis,
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                record.value(),
                record.headers(),
                record.leaderEpoch(),
                record.deliveryCount());
    }
}
