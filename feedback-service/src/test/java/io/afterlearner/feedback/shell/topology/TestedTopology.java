package io.afterlearner.feedback.shell.topology;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.Secrets;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.shell.Metered;
import io.afterlearner.feedback.shell.StudiesInMemory;
import io.afterlearner.feedback.shell.judging.Standings;
import io.afterlearner.feedback.shell.ripening.RipeningProcessor;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.trace.RecordContext;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Exposure;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.UndecodableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The service's topology with a clock that the test turns. */
final class TestedTopology implements AutoCloseable {
    static final long START_MILLIS = 1_790_000_000_000L;

    final StudiesInMemory studies = new StudiesInMemory();
    final Standings standings = new Standings();
    final Tokens tokens = new Tokens(Secrets.of("secrets", List.of("a secret of the tests")));
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    long nowMillis = START_MILLIS;
    /** Of every record that is sent. */
    Headers headers = new RecordHeaders();

    TestedTopology(Path directory) {
        this(directory, Spans.off());
    }

    TestedTopology(Path directory, Spans spans) {
        this(directory, spans, 1);
    }

    /** The driver writes to partition 0 of each topic. */
    TestedTopology(Path directory, Spans spans, int unitPartitions) {
        Properties settings = new Properties();
        settings.putAll(Map.of("application.id", "feedback", "state.dir", directory.toString()));
        driver = new TopologyTestDriver(
                FeedbackTopology.build(
                        studies,
                        standings,
                        tokens,
                        Metered.unitKeys(),
                        Metered.in(registry),
                        new DeadLetters("feedback"),
                        "test",
                        1,
                        unitPartitions,
                        spans),
                settings,
                Instant.ofEpochMilli(START_MILLIS));
    }

    void send(String topic, @Nullable String key, byte @Nullable [] value) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, nowMillis));
    }

    /** The record reaches the processor and the follower. */
    void create(StudySpec spec) {
        studies.put(spec);
        send(Topics.STUDIES, spec.getStudy(), encoded(spec));
    }

    void send(TrialEvent event) {
        send(Topics.TRIALS, event.getStudy(), encoded(event));
    }

    Assignment exposed(String study, String id, Arm arm, long number, long windowMillis) {
        Assignment assignment = assignment(study, id, arm, number, nowMillis, nowMillis + windowMillis);
        send(Topics.EXPOSURES, id, encoded(exposure(assignment)));
        return assignment;
    }

    static Assignment assignment(String study, String id, Arm arm, long number, long atMillis, long expiresAtMillis) {
        return new Assignment(
                study, id, "unit", arm, number, new double[0], atMillis, expiresAtMillis, atMillis, 0, "shop");
    }

    Exposure exposure(Assignment of) {
        return new Exposure(
                of.id(),
                of.study(),
                of.unit(),
                of.arm(),
                of.number(),
                of.assignedAtMillis(),
                of.expiresAtMillis(),
                of.incarnation(),
                of.drawnAtMillis(),
                tokens.sign(of));
    }

    void reported(Assignment of, String id, String metric, double value) {
        Feedback report = new Feedback(of.id(), id, of.study(), of.number(), metric, value, nowMillis, tokens.sign(of));
        send(Topics.FEEDBACK, of.id(), encoded(report));
    }

    void passes(long millis) {
        for (long left = millis; left > 0; left -= 250) {
            nowMillis += Math.min(left, 250);
            driver.advanceWallClockTime(Duration.ofMillis(Math.min(left, 250)));
        }
    }

    /** The values of the records on a topic; null for a tombstone. */
    List<byte @Nullable []> read(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readValuesToList();
    }

    /** The trace contexts of the records on a topic. */
    List<SpanContext> contexts(String topic) {
        return driver
                .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> RecordContext.read(record.headers()))
                .toList();
    }

    /** The records on a topic without its tombstones. */
    <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        Codec<T> codec = Codec.of(type);
        return read(topic).stream()
                .filter(Objects::nonNull)
                .map(bytes -> {
                    try {
                        return codec.decode(bytes);
                    } catch (UndecodableException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    /** Fills the stores of exposures and units as a restart does: from the changelogs of the topology that ran before. */
    void restore(TestedTopology before) {
        for (String store : List.of(RipeningProcessor.ASSIGNED, RipeningProcessor.PAST, RipeningProcessor.SLICES)) {
            restore(before, store, new StringDeserializer());
        }
        restore(before, RipeningProcessor.DUE, new BytesDeserializer());
    }

    private <K> void restore(TestedTopology before, String store, Deserializer<K> keys) {
        KeyValueStore<K, byte[]> restored = driver.getKeyValueStore(store);
        before.driver
                .createOutputTopic("feedback-" + store + "-changelog", keys, new ByteArrayDeserializer())
                .readRecordsToList()
                .forEach(change -> restored.put(change.key(), change.value()));
    }

    double counted(String fate) {
        return Metered.count(registry, "reports", "fate", fate);
    }

    /** How many entries of a store have keys that begin like this. */
    long stored(String store, String prefix) {
        return count(driver.<String, byte[]>getKeyValueStore(store), prefix);
    }

    private static long count(KeyValueStore<String, byte[]> store, String prefix) {
        long count = 0;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                count += all.next().key.startsWith(prefix) ? 1 : 0;
            }
        }
        return count;
    }

    /** How many times are in the schedule. */
    long storedTimes() {
        long count = 0;
        try (KeyValueIterator<Bytes, byte[]> all =
                driver.<Bytes, byte[]>getKeyValueStore("due").all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    @SuppressWarnings("unchecked")
    static byte[] encoded(SpecificRecord record) {
        return ((Codec<SpecificRecord>) Codec.of(record.getClass())).encode(record);
    }

    @Override
    public void close() {
        driver.close();
    }
}
