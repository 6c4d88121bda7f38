package io.afterlearner.optimizer.shell;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Gives the transactional producers of an instance the same names at each start. Kafka Streams puts a random id into them
 * when no store is on disk; a process killed within a transaction would then leave it open, and every read_committed
 * reader waiting, until it times out. With the same name, the next start ends it at once. And counts what the consumer
 * polls.
 */
final class StableClients extends DefaultKafkaClientSupplier {
    private static final Pattern RANDOM_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final String instance;
    private final Backlog backlog;

    StableClients(String instance, Backlog backlog) {
        this.instance = instance;
        this.backlog = backlog;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
            @Override
            public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
                backlog.add(records.count());
                return records;
            }
        };
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        Map<String, Object> named = new HashMap<>(config);
        named.computeIfPresent(ProducerConfig.TRANSACTIONAL_ID_CONFIG, (name, id) -> stable(id.toString(), instance));
        return new KafkaProducer<>(named, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static String stable(String transactionalId, String instance) {
        return RANDOM_ID.matcher(transactionalId).replaceFirst(Matcher.quoteReplacement(instance));
    }
}
