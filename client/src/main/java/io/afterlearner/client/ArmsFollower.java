package io.afterlearner.client;

import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The compacted topic of arms in memory, read whole and followed by a thread of its own, which outlives any absence of
 * Kafka. As many entries as the topic has keys.
 */
public final class ArmsFollower implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ArmsFollower.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long LOOK_FOR_KAFKA_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<String, Served> served = new ConcurrentHashMap<>();
    private final Codec<Arms> codec = Codec.of(Arms.class);
    private final Map<String, Object> kafka;
    private final Thread thread = new Thread(this::follow, "afterlearner-arms");
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile long heardNanos;
    private volatile boolean ready;
    private volatile boolean stopping;

    /** @param kafka what a consumer needs to reach the brokers: bootstrap.servers and, where needed, security */
    public ArmsFollower(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("max.partition.fetch.bytes", 2 * Codec.MAX_RECORD_BYTES);
        settings.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        settings.put("request.timeout.ms", (int) PATIENCE.toMillis());
        this.kafka = settings;
        thread.setDaemon(true);
    }

    /** Begins to read; returns at once. */
    public void start() {
        thread.start();
    }

    /** Who meets what in a study; empty if the topic does not have it, or is not read yet. */
    public Optional<Served> study(String study) {
        return Optional.ofNullable(served.get(study));
    }

    /** Whether all that was there at start has been read. */
    public boolean isReady() {
        return ready;
    }

    /** How long ago Kafka last answered; a revert since then would not be known here. */
    public long silentMillis() {
        return ready ? Duration.ofNanos(System.nanoTime() - heardNanos).toMillis() : Long.MAX_VALUE;
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
        List<TopicPartition> partitions = reading.partitionsFor(Topics.ARMS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        reading.assign(partitions);
        reading.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = reading.endOffsets(partitions);
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

    private void take(ConsumerRecord<String, byte[]> received) {
        heardNanos = System.nanoTime();
        if (received.key() == null) {
            return;
        }
        try {
            if (received.value() == null) {
                served.remove(received.key());
            } else {
                Served news = new Served(codec.decode(received.value()));
                // After an absence of Kafka the topic is read from its beginning: a revert must not be undone
                // meanwhile.
                served.merge(received.key(), news, ArmsFollower::latest);
            }
        } catch (UndecodableException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}@{1} is skipped: {2}",
                    received.topic(),
                    received.offset(),
                    e.getMessage());
        }
    }

    private static Served latest(Served known, Served news) {
        return news.arms().getRevision() < known.arms().getRevision() ? known : news;
    }

    @Override
    public void close() {
        stopping = true;
        KafkaConsumer<String, byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        thread.interrupt();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
