package io.afterlearner.client;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A compacted topic in memory, read whole and followed by a thread of its own, which outlives any absence of Kafka. The
 * last record of a key on the topic holds, whenever it is read. As many entries as the topic has keys. Thread-safe.
 *
 * @param <V> what is kept of a record
 */
public final class Follower<V> implements AutoCloseable {

    /** Makes of a record's bytes what is kept of it. */
    public interface Decoder<V> {
        V decode(byte[] bytes) throws UndecodableException;
    }

    /** The last record of a key that was read; null where that is a tombstone. */
    private record Heard<V>(
            int partition, long offset, @Nullable V value) {}

    private static final System.Logger LOG = System.getLogger(Follower.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long LOOK_FOR_KAFKA_NANOS = Duration.ofSeconds(1).toNanos();
    /** Kafka silent for longer is away. */
    private static final long AWAY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Map<String, Heard<V>> heard = new ConcurrentHashMap<>();
    private final Map<String, Object> kafka;
    private final String topic;
    private final Decoder<V> decoder;
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile long heardNanos;
    private volatile boolean ready;
    private volatile boolean stopping;

    /**
     * @param kafka what a consumer needs to reach the brokers: bootstrap.servers and, where needed, security
     * @param decoder of the topic's values; what it cannot decode is skipped
     */
    public Follower(Map<String, Object> kafka, String topic, Decoder<V> decoder) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("max.partition.fetch.bytes", 2 * Codec.MAX_RECORD_BYTES);
        settings.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        settings.put("request.timeout.ms", (int) PATIENCE.toMillis());
        this.kafka = settings;
        this.topic = topic;
        this.decoder = decoder;
        thread = new Thread(this::follow, "follow-" + topic);
        thread.setDaemon(true);
    }

    /** Begins to read; returns at once. */
    public void start() {
        thread.start();
    }

    /** What the topic has of a key; empty if nothing, or if it is not read yet. */
    public Optional<V> get(String key) {
        return Optional.ofNullable(heard.get(key)).map(Heard::value);
    }

    /** All it has, in no order. */
    public List<V> values() {
        return heard.values().stream()
                .flatMap(last -> Stream.ofNullable(last.value()))
                .toList();
    }

    /** Whether all that was there at start has been read. */
    public boolean isReady() {
        return ready;
    }

    /** Whether Kafka answered of late: where it did not, news since then, such as a revert, are not known here. */
    public boolean isCurrent() {
        return ready && System.nanoTime() - heardNanos < AWAY_NANOS;
    }

    private void follow() {
        while (!stopping) {
            try (KafkaConsumer<String, byte[]> reading =
                    new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer = reading;
                read(reading);
            } catch (WakeupException e) {
                LOG.log(System.Logger.Level.DEBUG, "told to stop", e);
            } catch (KafkaException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Kafka is away, what was heard last is served: {0}",
                        e.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private void read(KafkaConsumer<String, byte[]> reading) {
        List<TopicPartition> partitions = reading.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        reading.assign(partitions);
        reading.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = reading.endOffsets(partitions);
        forgetAnotherTopic(ends);
        long looked = System.nanoTime();
        while (!stopping) {
            var records = reading.poll(POLL);
            records.forEach(this::take);
            if (records.isEmpty() && System.nanoTime() - looked > LOOK_FOR_KAFKA_NANOS) {
                // Nothing new looks the same as nobody there.
                ends = reading.endOffsets(partitions);
                looked = System.nanoTime();
                heardNanos = looked;
            }
            if (!ready && reached(reading, ends)) {
                heardNanos = System.nanoTime();
                ready = true;
            }
        }
    }

    private static boolean reached(KafkaConsumer<String, byte[]> reading, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> reading.position(end.getKey()) >= end.getValue());
    }

    /** One made anew under the same name begins at offset 0 again. */
    void forgetAnotherTopic(Map<TopicPartition, Long> ends) {
        heard.values()
                .removeIf(last -> last.offset()
                        >= ends.getOrDefault(new TopicPartition(topic, last.partition()), Long.MAX_VALUE));
    }

    void take(ConsumerRecord<String, byte[]> received) {
        heardNanos = System.nanoTime();
        if (received.key() == null) {
            return;
        }
        try {
            V value = received.value() == null ? null : decoder.decode(received.value());
            // After an absence of Kafka the topic is read from its beginning: what was overruled is not to come back
            // meanwhile.
            heard.merge(
                    received.key(),
                    new Heard<>(received.partition(), received.offset(), value),
                    (known, news) -> news.offset() < known.offset() ? known : news);
        } catch (UndecodableException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}@{1} is skipped: {2}",
                    received.topic(),
                    received.offset(),
                    e.getMessage());
        }
    }

    @Override
    public void close() {
        stopping = true;
        KafkaConsumer<String, byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(PATIENCE.toMillis());
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
