package io.afterlearner.feedback.shell.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.feedback.shell.Metered;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The audit log of a real broker. Each test has receivers, and studies, of its own. */
@Timeout(240)
class DispatcherIT {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Duration SOON = Duration.ofMillis(10);
    private static final long NOW = System.currentTimeMillis();

    @TempDir
    private static Path directory;

    private static EmbeddedKafka broker;
    private static KafkaSettings kafka;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeAll
    static void start() throws Exception {
        ROOT.setLevel(Level.WARNING);
        broker = TestedKafka.start(directory.resolve("kafka"));
        kafka = KafkaSettings.of(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private Thread tell(HookServer server, String receiver, String study) {
        Thread thread = new Thread(dispatcher(server, receiver, study));
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Ends it like a crash: it commits nothing more. */
    private static void end(Thread telling) throws InterruptedException {
        telling.interrupt();
        telling.join();
    }

    private Dispatcher dispatcher(HookServer server, String receiver, String study) {
        Webhook webhook = new Webhook(server.receiver(receiver, study), Webhook.client(null), Duration.ofSeconds(10));
        return new Dispatcher(kafka, Metered.in(registry), webhook, SOON);
    }

    private static void write(String study, ArmsAction action, long atMillis) throws Exception {
        ArmsChange entry = Entries.entry(study, action, atMillis, "feedback-service", "because");
        try (KafkaProducer<String, byte[]> producer = kafka.newProducer(Map.of())) {
            byte[] value = Codec.of(ArmsChange.class).encode(entry);
            producer.send(new ProducerRecord<>(Topics.AUDIT, null, atMillis, study, value))
                    .get();
        }
    }

    /** Waits until the receiver's group has committed so many entries. */
    private static void awaitCommitted(Receiver receiver, long entries) throws Exception {
        String group = Dispatcher.group(receiver);
        try (Admin admin = kafka.newAdmin()) {
            long committed = 0;
            while (committed < entries) {
                TimeUnit.MILLISECONDS.sleep(20);
                committed =
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                                .mapToLong(OffsetAndMetadata::offset)
                                .sum();
            }
        }
    }

    private static String topicId() throws Exception {
        try (Admin admin = kafka.newAdmin()) {
            return admin.describeTopics(List.of(Topics.AUDIT))
                    .allTopicNames()
                    .get()
                    .get(Topics.AUDIT)
                    .topicId()
                    .toString();
        }
    }

    private static long written() {
        try (KafkaConsumer<String, byte[]> reader = kafka.newConsumer(Map.of())) {
            List<TopicPartition> partitions = reader.partitionsFor(Topics.AUDIT).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            return reader.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    @Test
    void anInstanceTellsWhatTheOneBeforeItDidNotAndNothingElse() throws Exception {
        try (HookServer server = new HookServer()) {
            write("crash", ArmsAction.ALARM, NOW - Duration.ofDays(2).toMillis());
            write("crash", ArmsAction.BEGIN, NOW);
            write("crash", ArmsAction.PROMOTE, NOW);
            server.always(503);
            Thread first = tell(server, "crash", "crash");
            HookServer.Request promoted = server.next();
            assertEquals("promote", promoted.type());
            assertEquals(promoted.id(), server.next().id(), "it is retried");
            assertTrue(promoted.id().startsWith(topicId() + "-"), "another installation may have the same id");
            end(first);
            server.requests.clear();
            server.always(200);
            Thread second = tell(server, "crash", "crash");
            assertEquals(promoted.id(), server.next().id());
            awaitCommitted(server.receiver("crash"), written());
            end(second);
            write("crash", ArmsAction.ROLLBACK, NOW);
            Thread third = tell(server, "crash", "crash");
            assertEquals("rollback", server.next().type(), "a notification was told twice");
            end(third);
            assertEquals(0, Metered.count(registry, "notifications", "outcome", "failed"));
            assertTrue(Metered.count(registry, "notifications", "outcome", "retried") >= 1);
        }
    }

    @Test
    void aReceiverThatIsGoneHoldsUpNoOtherAndMissesNothing() throws Exception {
        try (HookServer gone = new HookServer();
                HookServer well = new HookServer()) {
            gone.always(HookServer.SILENT);
            Thread one = tell(gone, "gone", "pair");
            Thread other = tell(well, "well", "pair");
            write("pair", ArmsAction.PROPOSE, NOW);
            assertEquals("propose", gone.next().type());
            for (ArmsAction action : List.of(ArmsAction.PROMOTE, ArmsAction.EXHAUSTED, ArmsAction.STOP)) {
                write("pair", action, NOW);
            }
            assertEquals("propose", well.next().type());
            assertEquals("promote", well.next().type());
            assertEquals("exhausted", well.next().type());
            assertEquals("stop", well.next().type());
            gone.always(200);
            String type = gone.next().type();
            while (type.equals("propose")) {
                type = gone.next().type();
            }
            assertEquals("promote", type);
            assertEquals("exhausted", gone.next().type());
            assertEquals("stop", gone.next().type());
            end(one);
            end(other);
        }
    }

    @Test
    void whatIsRefusedIsNotRepeatedAndHoldsUpNothing() throws Exception {
        try (HookServer server = new HookServer(410)) {
            write("moved", ArmsAction.PROPOSE, NOW);
            write("moved", ArmsAction.STOP, NOW);
            Thread telling = tell(server, "moved", "moved");
            assertEquals("propose", server.next().type());
            assertEquals("stop", server.next().type());
            awaitCommitted(server.receiver("moved"), written());
            end(telling);
            assertTrue(server.requests.isEmpty());
            assertEquals(1, Metered.count(registry, "notifications", "outcome", "failed"));
            assertEquals(1, Metered.count(registry, "notifications", "outcome", "sent"));
        }
    }

    @Test
    void whatCouldNotBeToldForDaysIsGivenUp() throws Exception {
        try (HookServer server = new HookServer()) {
            server.always(500);
            Dispatcher dispatcher = dispatcher(server, "late", "late");
            assertFalse(dispatcher.isDone(read(Dispatcher.PATIENCE.minusHours(1)), "topic"));
            assertTrue(dispatcher.isDone(read(Dispatcher.PATIENCE.plusHours(1)), "topic"));
            assertEquals(1, server.requests.size());
            assertEquals(1, Metered.count(registry, "notifications", "outcome", "failed"));
        }
    }

    private static ConsumerRecord<String, byte[]> read(Duration ago) {
        long atMillis = System.currentTimeMillis() - ago.toMillis();
        byte[] value = Codec.of(ArmsChange.class)
                .encode(Entries.entry("late", ArmsAction.ALARM, atMillis, "feedback-service", "because"));
        return new ConsumerRecord<>(
                Topics.AUDIT,
                0,
                0,
                atMillis,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                "late",
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
