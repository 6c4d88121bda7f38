package io.afterlearner.feedback;

import io.afterlearner.kafka.UnitPartitioner;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes and reads a topic like another service. */
final class Topic {

    private Topic() {}

    /** Deletes what the compacted topic has for the key. */
    static void delete(String servers, String topic, String key) throws Exception {
        send(servers, topic, key, (byte[]) null);
    }

    static void send(String servers, String topic, String key, SpecificRecord record) throws Exception {
        send(servers, topic, key, encoded(record));
    }

    private static void send(String servers, String topic, String key, byte @Nullable [] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 0, "partitioner.class", UnitPartitioner.class),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    @SuppressWarnings("unchecked")
    static byte[] encoded(SpecificRecord record) {
        return ((Codec<SpecificRecord>) Codec.of(record.getClass())).encode(record);
    }

    /** All committed records. */
    static <T extends SpecificRecord> List<T> readAll(String servers, String topic, Class<T> type) {
        return read(servers, topic, null, type);
    }

    /** All committed records with a key; null is any key. */
    static <T extends SpecificRecord> List<T> read(String servers, String topic, @Nullable String key, Class<T> type) {
        List<T> all = new ArrayList<>();
        Codec<T> codec = Codec.of(type);
        try (KafkaConsumer<String, byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            var ends = reader.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
                reader.poll(Duration.ofMillis(100)).forEach(received -> {
                    if ((key == null || key.equals(received.key())) && received.value() != null) {
                        try {
                            all.add(codec.decode(received.value()));
                        } catch (UndecodableException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                });
            }
        }
        return all;
    }
}
