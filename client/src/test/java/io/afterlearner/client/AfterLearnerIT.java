package io.afterlearner.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import io.afterlearner.kafka.trace.RecordContext;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Exposure;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Topics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real broker, from before it knows anything until Kafka is gone. */
class AfterLearnerIT {
    private static final String UNIT_KEY = "a unit key of some length";
    private static final Keys KEYS = Keys.of("a secret of some length", UNIT_KEY);
    private static final double[] SHIPPED = {0};
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final SpanContext CALLER = SpanContext.createFromRemoteParent(
            "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", TraceFlags.getSampled(), TraceState.getDefault());

    @TempDir
    Path directory;

    private interface Condition {
        boolean holds();
    }

    private static long millisUntil(Condition condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() - start < PATIENCE.toNanos(), "it did not happen within " + PATIENCE);
            Thread.sleep(2);
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static void publish(String servers, Arms arms) throws Exception {
        publish(servers, Codec.of(Arms.class).encode(arms));
    }

    private static void publish(String servers, byte @Nullable [] arms) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.ARMS, Studies.STUDY, arms))
                    .get();
        }
    }

    /** All that comes within two seconds. */
    private static List<ConsumerRecord<String, byte[]>> read(String servers, String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            for (int i = 0; i < 20; i++) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** As an application does that uses OpenTelemetry. */
    @SuppressWarnings("try")
    private static void inTrace(Runnable call) {
        try (Scope scope = Span.wrap(CALLER).makeCurrent()) {
            call.run();
        }
    }

    /** The same assignment, an hour too late. */
    private static Assignment expired(Assignment of) {
        return new Assignment(
                of.study(),
                of.id(),
                of.unit(),
                of.arm(),
                of.number(),
                of.values(),
                of.assignedAtMillis() - 7_200_000,
                of.assignedAtMillis() - 3_600_000,
                of.drawnAtMillis(),
                of.incarnation(),
                of.client());
    }

    /** No record of these topics has the unit in its value. */
    private static void assertNowhere(String servers, String unit) {
        for (String topic : List.of(Topics.EXPOSURES, Topics.FEEDBACK, Topics.ARMS)) {
            for (ConsumerRecord<String, byte[]> record : read(servers, topic)) {
                assertFalse(new String(record.value(), StandardCharsets.ISO_8859_1).contains(unit), topic);
            }
        }
    }

    /** The arms of a study whose units are drawn once. */
    private static Arms once(Arms arms) {
        return Arms.newBuilder(arms).setHorizonMillis(0).build();
    }

    /** A unit that explores, as long as anybody does. */
    private static String explorer() {
        Served served = new Served(once(Studies.arms(ArmsState.EXPLORING, 7, 3)));
        for (int i = 0; ; i++) {
            if (served.assign("user-" + i, 1, true, KEYS.units().current()).arm() == Arm.EXPLORE) {
                return "user-" + i;
            }
        }
    }

    @Test
    @Timeout(600)
    void whatIsServedIsTheLatestThatWasHeardOfAndNothingEverThrows() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
        String servers = kafka.bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            ClusterSetup.create(admin, Layout.of(1, (short) 1), Set.of());
        }
        String unit = explorer();
        try (AfterLearner client =
                AfterLearner.connect(Studies.STUDY, SHIPPED, Map.of("bootstrap.servers", servers), KEYS)) {
            assertArrayEquals(SHIPPED, client.assign(unit).values(), "nothing was heard of yet");
            assertEquals("", client.token(client.assign(unit)));
            assertEquals(OptionalLong.empty(), client.champion());

            publish(servers, once(Studies.arms(ArmsState.EXPLORING, 7, 3)));
            millisUntil(() -> client.draw(unit).number() == 3);
            assertEquals(OptionalLong.of(7), client.champion());
            assertTrue(client.isCurrent());
            assertEquals(List.of(), read(servers, Topics.EXPOSURES), "a draw is not recorded");
            Assignment got = client.assign(unit);
            inTrace(() -> client.report(client.token(got), "click", 1, "event-1"));
            client.report(client.token(got), "click", Double.NaN);
            client.report("forged", "click", 1);

            List<ConsumerRecord<String, byte[]>> exposures = read(servers, Topics.EXPOSURES);
            Exposure exposure = Codec.of(Exposure.class)
                    .decode(exposures.get(exposures.size() - 1).value());
            assertEquals(3, exposure.getNumber());
            assertEquals(new UnitKey(UNIT_KEY).pseudonym(Studies.STUDY, unit), exposure.getUnit());
            assertNowhere(servers, unit);
            assertEquals(got.id(), exposure.getAssignment());
            List<ConsumerRecord<String, byte[]>> told = read(servers, Topics.FEEDBACK);
            Feedback feedback = Codec.of(Feedback.class).decode(told.get(0).value());
            assertEquals(1, told.size(), "what is no number, or has no token, is left out");
            assertEquals(got.id(), feedback.getAssignment());
            assertEquals("event-1", feedback.getId());
            assertEquals(CALLER, RecordContext.read(told.get(0).headers()));
            assertFalse(RecordContext.read(exposures.get(0).headers()).isValid());

            Assignment used = client.draw(unit);
            client.exposed(client.token(used));
            client.exposed("forged");
            client.exposed(expired(used));
            client.exposed(client.token(expired(used)));
            List<ConsumerRecord<String, byte[]>> more = read(servers, Topics.EXPOSURES);
            assertEquals(
                    exposures.size() + 1,
                    more.size(),
                    "a token that is not valid, or an exposure too late, is left out");
            Exposure proven =
                    Codec.of(Exposure.class).decode(more.get(more.size() - 1).value());
            assertEquals(Exposure.newBuilder(proven).setUnit("").build(), proven, "a token has no pseudonym");
            assertEquals(used.id(), proven.getAssignment());
            assertEquals(client.token(used), proven.getToken());

            publish(servers, once(Studies.arms(ArmsState.REVERTED, 0, 3)));
            long revert = millisUntil(() -> client.assign(unit).number() == 0);
            assertTrue(revert < 1_000, "a revert took " + revert + " ms");

            publish(servers, (byte @Nullable []) null);
            millisUntil(() -> client.assign(unit).arm() == Arm.UNKNOWN);
            assertArrayEquals(SHIPPED, client.assign(unit).values(), "the study was deleted");
            assertEquals("", client.token(client.assign(unit)));

            publish(servers, once(Studies.arms(ArmsState.EXPLORING, 7, 3)));
            millisUntil(() -> client.assign(unit).number() == 3);
            kafka.close();
            millisUntil(() -> client.assign(unit).number() == 7);
            assertArrayEquals(new double[] {7}, client.assign(unit).values(), "the champion heard of last");
            assertEquals(OptionalLong.of(7), client.champion());
            assertFalse(client.isCurrent());
        }
    }

    @Test
    @Timeout(600)
    void withoutKafkaFromTheStartTheShippedModelIsServed() {
        try (AfterLearner client =
                AfterLearner.connect(Studies.STUDY, SHIPPED, Map.of("bootstrap.servers", "127.0.0.1:9"), KEYS)) {
            for (int i = 0; i < 1_000; i++) {
                Assignment got = client.assign("user-" + i);
                client.report(client.token(got), "click", 1);
                assertArrayEquals(SHIPPED, got.values());
            }
        }
    }
}
