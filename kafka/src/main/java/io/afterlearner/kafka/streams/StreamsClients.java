package io.afterlearner.kafka.streams;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.TopicLimits;
import io.afterlearner.kafka.cluster.NeededTopics;
import io.afterlearner.kafka.rights.RightsWatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a Kafka Streams application: with the user's settings, and with transactional ids that are the same at
 * each start.
 *
 * <p>Kafka Streams puts a random id into the transactional id when it finds no store on disk. A process killed within a
 * transaction would leave it open, and every read_committed reader waiting, until it times out. With the same id, the next
 * start ends it at once.
 */
public final class StreamsClients implements KafkaClientSupplier {
    private static final Pattern RANDOM_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final Pattern SECURITY = Pattern.compile("(security|sasl|ssl)\\.");

    /** Longest wait for a topic's limit. Without an answer by then the record is sent. */
    private static final Duration LIMIT_WAIT = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final String instance;
    private final NeededTopics needed;
    private final RightsWatch rights;
    private final IntConsumer polled;

    /**
     * @param instance name of this instance, unlike every other instance's and the same after a restart
     * @param needed topics that the application reads and writes, without its internal ones
     * @param rights which of the application's rights are missing
     * @param polled hears how many records each poll of the main consumer returned
     */
    public StreamsClients(
            KafkaSettings kafka, String instance, NeededTopics needed, RightsWatch rights, IntConsumer polled) {
        this.kafka = kafka;
        this.instance = instance;
        this.needed = needed;
        this.rights = rights;
        this.polled = polled;
    }

    /**
     * Streams has its own settings from the application, of which some are the user's already: those win. The user's credentials
     * are ours, because of a setting that has both a dotted name and a variable Quarkus gives Streams either one.
     */
    Map<String, Object> merged(Map<String, Object> config) {
        Map<String, Object> user = kafka.admin();
        Map<String, Object> settings = new HashMap<>(user);
        settings.putAll(config);
        user.forEach((name, value) -> {
            if (SECURITY.matcher(name).lookingAt()) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(merged(config));
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new MainConsumer(merged(config), kafka::newAdmin, needed, rights::isBlocked, polled);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(merged(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getRestoreConsumer(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        Map<String, Object> settings = merged(config);
        TopicLimits limits = new TopicLimits(kafka::newAdmin);
        settings.computeIfPresent(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, (name, id) -> stable(id.toString(), instance));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback done) {
                Callback charged = charged(CurrentRecord.get(), record.topic(), done);
                RecordTooLargeException refusal = refusal(limits, record);
                if (refusal == null || charged == null) {
                    return super.send(record, charged);
                }
                charged.onCompletion(nowhere(record.topic()), refusal);
                return CompletableFuture.failedFuture(refusal);
            }

            @Override
            public void close(Duration timeout) {
                limits.close();
                super.close(timeout);
            }
        };
    }

    private static @Nullable RecordTooLargeException refusal(
            TopicLimits limits, ProducerRecord<byte[], byte[]> record) {
        try {
            return limits.refusal(record, LIMIT_WAIT);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** The metadata that Kafka's producer gives for a record that was not sent. */
    private static RecordMetadata nowhere(String topic) {
        return new RecordMetadata(new TopicPartition(topic, -1), -1, -1, RecordBatch.NO_TIMESTAMP, -1, -1);
    }

    /** Kafka Streams itself would charge a refusal to whichever record is processed when it arrives. */
    private static @Nullable Callback charged(
            CurrentRecord.@Nullable Charged record, String topic, @Nullable Callback done) {
        if (record == null || done == null) {
            return done;
        }
        return (sent, failure) -> {
            Throwable refusal = failure == null ? null : RecordFaults.root(failure);
            if (refusal != null && RecordFaults.isRefused(refusal)) {
                CurrentRecord.charge(
                        record, refusal, "its output to topic " + topic + " was refused: " + refusal.getMessage());
            }
            done.onCompletion(sent, failure);
        };
    }

    static String stable(String transactionalId, String instance) {
        return RANDOM_ID.matcher(transactionalId).replaceFirst(Matcher.quoteReplacement(instance));
    }
}
