package io.afterlearner.kafka.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Makes the restoration of state from Kafka take as long as a test wants, on any machine. */
public final class SlowRestore {
    private static final String RATE = "consumer_byte_rate";
    private static final Duration POLL = Duration.ofMillis(200);

    /** What a test does while reading is slow. */
    public interface Meanwhile {
        void run() throws Exception;
    }

    private SlowRestore() {}

    /** Meanwhile no client reads more than this. */
    public static void during(String servers, double bytesPerSecond, Meanwhile meanwhile) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            limit(admin, bytesPerSecond);
            try {
                meanwhile.run();
            } finally {
                limit(admin, null);
            }
        }
    }

    /** Of clients whose id has no limit of its own. */
    private static void limit(Admin admin, @Nullable Double bytesPerSecond) throws Exception {
        Map<String, String> anyClient = new HashMap<>();
        anyClient.put(ClientQuotaEntity.CLIENT_ID, null);
        admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                        new ClientQuotaEntity(anyClient), List.of(new ClientQuotaAlteration.Op(RATE, bytesPerSecond)))))
                .all()
                .get();
    }

    /**
     * Appends copies of what the changelogs end with, so that each has at least this size, and the restored state is the same as before.
     *
     * @return the bytes of values that were appended
     */
    public static long grow(String servers, long bytesPerChangelog) throws Exception {
        long appended = 0;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            for (String topic : admin.listTopics().names().get()) {
                if (topic.endsWith("-changelog")) {
                    appended += growTopic(servers, topic, bytesPerChangelog);
                }
            }
        }
        return appended;
    }

    private static long growTopic(String servers, String topic, long wanted) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> last = lastRecords(servers, topic);
        if (last.isEmpty()) {
            return 0;
        }
        long appended = 0;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            while (appended < wanted) {
                for (ConsumerRecord<byte[], byte[]> each : last) {
                    var unused = producer.send(
                            new ProducerRecord<>(topic, each.partition(), each.key(), each.value(), each.headers()));
                    appended += each.value().length + Objects.requireNonNull(each.key()).length;
                }
            }
        }
        return appended;
    }

    /** The last record of each key that is not deleted. */
    private static List<ConsumerRecord<byte[], byte[]>> lastRecords(String servers, String topic) {
        Map<String, ConsumerRecord<byte[], byte[]>> last = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            reader.partitionsFor(topic).forEach(each -> all.add(new TopicPartition(topic, each.partition())));
            reader.assign(all);
            reader.seekToBeginning(all);
            Map<TopicPartition, Long> ends = reader.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(POLL).forEach(each -> last.put(each.partition() + " " + Arrays.toString(each.key()), each));
            }
        }
        return last.values().stream().filter(each -> each.value() != null).toList();
    }
}
