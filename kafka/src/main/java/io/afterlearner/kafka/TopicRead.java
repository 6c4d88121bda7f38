package io.afterlearner.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** One reading of whole topics: all their partitions, and the ends they had when it began. */
record TopicRead(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {

    /** Assigns all partitions of the topics to the consumer, each at its beginning. */
    static TopicRead begin(KafkaConsumer<String, byte[]> consumer, Collection<String> topics) {
        List<TopicPartition> partitions = partitions(consumer, topics);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new TopicRead(consumer, consumer.endOffsets(partitions));
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer, Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            var found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new MissingTopicException(topic);
            }
            found.forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
        }
        return partitions;
    }

    /** Skips all but the given number of each partition's last offsets. */
    void seekToLast(long offsets) {
        consumer.beginningOffsets(ends.keySet())
                .forEach((partition, begin) ->
                        consumer.seek(partition, Math.max(begin, ends.getOrDefault(partition, 0L) - offsets)));
    }

    /** Whether every record that existed at the beginning has been read. */
    boolean isComplete() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /**
     * Asks Kafka whether the topics are still the ones being read.
     *
     * @throws KafkaException if Kafka does not answer, or if a topic ends before what was read or has other partitions
     */
    void checkTopics(Collection<String> topics) {
        if (partitions(consumer, topics).size() != ends.size()) {
            throw new KafkaException("the number of partitions of " + topics + " changed");
        }
        consumer.endOffsets(ends.keySet()).forEach((partition, end) -> {
            if (end < consumer.position(partition)) {
                throw new KafkaException("the end of topic " + partition.topic()
                        + " moved backwards: it was deleted and created again, or truncated");
            }
        });
    }
}
