package io.afterlearner.local.stack;

import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their beginning to their present end, committed records only. */
public final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration WITHIN = Duration.ofMinutes(2);
    /** Offsets in which a study that changes has its latest record; who waits for a revert is not to read more. */
    private static final long LATEST = 100;

    private static final long ALL = Long.MAX_VALUE;

    private final String bootstrap;

    public TopicReader(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Every study's spec, by study, oldest first. */
    public Map<String, StudySpec> studies() {
        Map<String, StudySpec> specs = new LinkedHashMap<>();
        read(Topics.STUDIES, StudySpec.class, key -> true, spec -> specs.put(spec.getStudy(), spec));
        return specs;
    }

    /** Every study's latest incumbent, by study. */
    public Map<String, Incumbent> incumbents() {
        Map<String, Incumbent> incumbents = new LinkedHashMap<>();
        read(Topics.INCUMBENTS, Incumbent.class, key -> true, latest -> incumbents.put(latest.getStudy(), latest));
        return incumbents;
    }

    /** What the units of an online study meet now; nothing until the feedback service has begun it. */
    public Optional<Arms> arms(String study) {
        List<Arms> latest = new ArrayList<>();
        read(Topics.ARMS, LATEST, Arms.class, study::equals, latest::add);
        if (latest.isEmpty()) {
            read(Topics.ARMS, ALL, Arms.class, study::equals, latest::add);
        }
        return latest.isEmpty() ? Optional.empty() : Optional.of(latest.get(latest.size() - 1));
    }

    /** Changes of an online study's arms, in order. */
    public List<ArmsChange> audit(String study) {
        List<ArmsChange> changes = new ArrayList<>();
        read(Topics.AUDIT, ArmsChange.class, study::equals, changes::add);
        return changes;
    }

    /** A study's events, in order. */
    public List<TrialEvent> trials(String study) {
        List<TrialEvent> events = new ArrayList<>();
        read(Topics.TRIALS, TrialEvent.class, study::equals, events::add);
        return events;
    }

    /** Records that do not decode are skipped: whoever owns the topic has counted them. */
    private <T extends SpecificRecord> void read(
            String topic, Class<T> type, Predicate<String> wanted, Consumer<T> each) {
        read(topic, ALL, type, wanted, each);
    }

    /** No more than so many of the last offsets of each partition. */
    private <T extends SpecificRecord> void read(
            String topic, long most, Class<T> type, Predicate<String> wanted, Consumer<T> each) {
        Codec<T> codec = Codec.of(type);
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            partitions.forEach(p ->
                    consumer.seek(p, Math.max(begins.getOrDefault(p, 0L), ends.getOrDefault(p, 0L) - most)));
            long deadline = System.nanoTime() + WITHIN.toNanos();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                if (System.nanoTime() > deadline) {
                    throw new StackException("topic " + topic + " cannot be read to its end within "
                            + WITHIN.toSeconds() + " s; see the broker's health with ./afterlearner status");
                }
                consumer.poll(POLL).forEach(polled -> {
                    if (polled.key() != null && polled.value() != null && wanted.test(polled.key())) {
                        decode(codec, polled.value(), each);
                    }
                });
            }
        }
    }

    private static <T extends SpecificRecord> void decode(Codec<T> codec, byte[] bytes, Consumer<T> each) {
        try {
            each.accept(codec.decode(bytes));
        } catch (UndecodableException e) {
            System.getLogger(TopicReader.class.getName()).log(System.Logger.Level.WARNING, e.getMessage(), e);
        }
    }
}
