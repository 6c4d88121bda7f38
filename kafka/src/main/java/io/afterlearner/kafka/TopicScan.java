package io.afterlearner.kafka;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic once, from its beginning to the end it has now; committed records only. For histories, and for tools that
 * look once; a process that stays uses {@link Follower}.
 *
 * <pre>{@code
 * List<TrialEvent> events = new ArrayList<>();
 * new TopicScan(kafka, Duration.ofMinutes(2))
 *         .read(Topics.TRIALS, TrialEvent.class, study::equals, (key, event) -> events.add(event));
 * }</pre>
 */
public final class TopicScan {
    private static final System.Logger LOG = System.getLogger(TopicScan.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    /** Short, because the records exist already, and a consumer closes only after the answer to its last fetch. */
    private static final Map<String, Object> CONSUMER = Map.of("fetch.max.wait.ms", 10);

    private final KafkaSettings kafka;
    private final Duration within;

    /** @param within longest time for one reading */
    public TopicScan(KafkaSettings kafka, Duration within) {
        this.kafka = kafka;
        this.within = within;
    }

    /**
     * Gives each record, in the order of its partition. Records without key and records that do not decode are skipped.
     *
     * @param wanted keys to read
     * @param each gets key and value; the value is null for a tombstone
     * @throws BrokerAwayException if the end is not reached in time
     */
    public <T extends SpecificRecord> void read(
            String topic, Class<T> type, Predicate<String> wanted, BiConsumer<String, @Nullable T> each) {
        readLast(topic, Long.MAX_VALUE, type, wanted, each);
    }

    /** Like {@code read}, for the last {@code offsets} offsets of each partition only. */
    public <T extends SpecificRecord> void readLast(
            String topic, long offsets, Class<T> type, Predicate<String> wanted, BiConsumer<String, @Nullable T> each) {
        Codec<T> codec = Codec.of(type);
        long deadline = System.nanoTime() + within.toNanos();
        try (KafkaConsumer<String, byte[]> consumer = kafka.newConsumer(CONSUMER)) {
            TopicRead read = TopicRead.begin(consumer, List.of(topic));
            read.seekToLast(offsets);
            while (!read.isComplete()) {
                if (System.nanoTime() > deadline) {
                    throw new BrokerAwayException(within, null);
                }
                consumer.poll(POLL).forEach(received -> {
                    if (received.key() != null && wanted.test(received.key())) {
                        give(received, codec, each);
                    }
                });
            }
        }
    }

    private static <T extends SpecificRecord> void give(
            ConsumerRecord<String, byte[]> received, Codec<T> codec, BiConsumer<String, @Nullable T> each) {
        try {
            each.accept(received.key(), received.value() == null ? null : codec.decode(received.value()));
        } catch (UndecodableException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}@{1} is skipped: {2}",
                    received.topic(),
                    received.offset(),
                    e.getMessage());
        }
    }
}
