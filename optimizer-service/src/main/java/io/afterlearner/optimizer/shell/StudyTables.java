package io.afterlearner.optimizer.shell;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * All studies and where they stand, whatever instance runs them: the compacted topics, read whole and followed. As many
 * entries as the topics have keys.
 */
@ApplicationScoped
public class StudyTables {
    private static final Logger LOG = Logger.getLogger(StudyTables.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, StudySpec> specs = new ConcurrentSkipListMap<>();
    private final Map<String, Incumbent> incumbents = new ConcurrentSkipListMap<>();
    private final Codec<StudySpec> specCodec = Codec.of(StudySpec.class);
    private final Codec<Incumbent> incumbentCodec = Codec.of(Incumbent.class);
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread reader = new Thread(this::read, "study-tables");
    private volatile boolean ready;
    private volatile boolean stopping;

    StudyTables(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "max.partition.fetch.bytes",
                        2 * Codec.MAX_RECORD_BYTES),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** After the topics were created. */
    void start(@Observes @Priority(2) StartupEvent event) {
        reader.setDaemon(true);
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        consumer.wakeup();
        reader.join(POLL.multipliedBy(10).toMillis());
    }

    /** Whether all that was there at start has been read. */
    public boolean isReady() {
        return ready;
    }

    public Optional<StudySpec> spec(String study) {
        return Optional.ofNullable(specs.get(study));
    }

    /** Where a study stands; of one just accepted, that it has not begun. */
    public Optional<Incumbent> incumbent(String study) {
        return spec(study)
                .map(spec -> Optional.ofNullable(incumbents.get(study)).orElseGet(() -> Incumbents.unbegun(spec)));
    }

    /** Waits until a spec that was just sent is read here too, or a few seconds have gone by. */
    public synchronized void awaitSpec(String study) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!specs.containsKey(study) && System.nanoTime() < deadline) {
                wait(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void wakeWaiting() {
        notifyAll();
    }

    /** Every study's spec, by name. */
    public List<StudySpec> specs() {
        return List.copyOf(specs.values());
    }

    private void read() {
        try (consumer) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : List.of(Topics.STUDIES, Topics.INCUMBENTS)) {
                consumer.partitionsFor(topic)
                        .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!stopping) {
                consumer.poll(POLL).forEach(this::take);
                ready = ready || ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
            }
        } catch (WakeupException e) {
            LOG.debug("told to stop", e);
        } catch (RuntimeException e) {
            ready = false;
            LOG.error("the topics of studies can no longer be read; the service stops, to be started again", e);
            Quarkus.asyncExit(1);
        }
    }

    private void take(ConsumerRecord<String, byte[]> received) {
        if (received.topic().equals(Topics.STUDIES)) {
            take(received, specCodec, specs);
            wakeWaiting();
        } else {
            take(received, incumbentCodec, incumbents);
        }
    }

    private static <T extends SpecificRecord> void take(
            ConsumerRecord<String, byte[]> received, Codec<T> codec, Map<String, T> table) {
        String study = received.key();
        if (study == null) {
            return;
        }
        try {
            if (received.value() == null) {
                table.remove(study);
            } else {
                table.put(study, codec.decode(received.value()));
            }
        } catch (UndecodableException e) {
            // The loop has it, or will have it, dead-lettered.
            LOG.debugf(e, "%s@%d is skipped", received.topic(), received.offset());
        }
    }
}
