package io.afterlearner.kafka.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.kafka.Attempts;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Sender;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Topics;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that fail, in a real application of Kafka Streams on a real broker. */
class GuardedProcessorIT {
    private static final Duration LONG = Duration.ofMinutes(3);

    @BeforeAll
    static void failuresAreMeant() {
        ShortLog.begin();
    }

    private static KafkaSettings at(EmbeddedKafka broker) throws Exception {
        KafkaSettings kafka = KafkaSettings.of(Map.of("bootstrap.servers", broker.bootstrapServers()));
        try (Admin admin = kafka.newAdmin()) {
            for (String topic : GuardedApp.topics()) {
                admin.createTopics(List.of(
                                new NewTopic(topic, 1, (short) 1).configs(Map.of("max.message.bytes", "100000"))))
                        .all()
                        .get();
            }
        }
        return kafka;
    }

    private static void send(KafkaSettings kafka, String... values) throws Exception {
        try (Sender sender = new Sender(kafka, "test", Sender.Limits.within(LONG))) {
            for (String value : values) {
                sender.deliver(GuardedApp.IN, "k", value.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** The values of a topic once there are as many. */
    private static List<byte[]> values(KafkaSettings kafka, String topic, int count) {
        List<byte[]> values = new ArrayList<>();
        long end = System.nanoTime() + LONG.toNanos();
        try (KafkaConsumer<String, byte[]> consumer = kafka.newConsumer(Map.of())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            consumer.seekToBeginning(consumer.assignment());
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private static List<String> texts(KafkaSettings kafka, int count) {
        return values(kafka, GuardedApp.OUT, count).stream()
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .toList();
    }

    private static DeadLetter letter(byte[] value) throws Exception {
        return Codec.of(DeadLetter.class).decode(value);
    }

    @Test
    void eachRecordThatFailsBecomesADeadLetterAndTheOthersAreProcessedOnce(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("broker"), 0)) {
            KafkaSettings kafka = at(broker);
            send(kafka, "1", "overflow", "2", "state", "3", "large", "4", "refused", "5");
            try (GuardedApp app = GuardedApp.ofShortSessions(
                    broker.bootstrapServers(), folder.resolve("stores").toString())) {
                List<byte[]> letters = values(kafka, Topics.DEAD_LETTERS, 4);

                assertEquals(List.of("1 true", "2 true", "3 true", "4 true", "5 true"), texts(kafka, 5));
                assertEquals(4, letters.size());
                assertEquals(
                        "overflow",
                        StandardCharsets.UTF_8
                                .decode(letter(letters.get(0)).getValue())
                                .toString());
                assertTrue(letter(letters.get(0)).getReason().contains("StackOverflowError"));
                assertTrue(letter(letters.get(1)).getReason().contains("failed 3 times"));
                assertTrue(letter(letters.get(1)).getReason().contains("is not judged here"));
                assertTrue(letter(letters.get(2)).getReason().contains("output to topic out was refused"));
                assertTrue(letter(letters.get(3)).getReason().contains("output to topic out was refused"));
                assertTrue(app.quarantined.get() >= 4);
                assertEquals(0, app.exits.get());
            }
        }
    }

    @Test
    void aRecordThatEndsTheProcessEndsItThreeTimes(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("broker"), 0)) {
            KafkaSettings kafka = at(broker);
            send(kafka, "1", "end", "2");
            int ended = 0;
            while (run(broker, folder) == 3) {
                ended++;
                assertTrue(ended <= GuardedProcessor.MAX_ATTEMPTS, "the record ended the process " + ended + " times");
            }

            assertEquals(GuardedProcessor.MAX_ATTEMPTS, ended);
            assertEquals(List.of("1 true", "2 true"), texts(kafka, 2));
            String reason = letter(values(kafka, Topics.DEAD_LETTERS, 1).get(0)).getReason();
            assertTrue(reason.contains(Attempts.ENDED), reason);
        }
    }

    /** Runs the application until it ends, or has processed both other records; returns its exit code, or -1. */
    private static int run(EmbeddedKafka broker, Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GuardedApp.class.getName(),
                        broker.bootstrapServers(),
                        folder.resolve("stores").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("app.log").toFile())
                .start();
        try {
            KafkaSettings kafka = KafkaSettings.of(Map.of("bootstrap.servers", broker.bootstrapServers()));
            long end = System.nanoTime() + LONG.toNanos();
            while (process.isAlive() && System.nanoTime() < end && count(kafka, GuardedApp.OUT) < 2) {
                Thread.sleep(200);
            }
            return process.isAlive() ? -1 : process.exitValue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static int count(KafkaSettings kafka, String topic) {
        int count = 0;
        try (KafkaConsumer<String, byte[]> consumer = kafka.newConsumer(Map.of())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(consumer.assignment());
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                count += consumer.poll(Duration.ofMillis(200)).count();
            }
        }
        return count;
    }

    @Test
    void recordsWithoutAUsableTimestampArriveNow(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("broker"), 0)) {
            KafkaSettings kafka = at(broker);
            try (KafkaProducer<String, byte[]> producer = kafka.newProducer(Map.of())) {
                for (long timestamp : new long[] {-1, 0, System.currentTimeMillis() + 3_000_000}) {
                    producer.send(at(timestamp)).get();
                }
            }
            send(kafka, "last");
            try (GuardedApp app = GuardedApp.ofShortSessions(
                    broker.bootstrapServers(), folder.resolve("stores").toString())) {
                assertEquals(List.of("x true", "x true", "x true", "last true"), texts(kafka, 4));
                assertEquals(0, app.exits.get());
            }
        }
    }

    /** No producer accepts a record with a timestamp of -1, but every broker does. */
    private static ProducerRecord<String, byte[]> at(long timestamp) throws ReflectiveOperationException {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(GuardedApp.IN, null, 0L, "k", "x".getBytes(StandardCharsets.UTF_8));
        Field field = ProducerRecord.class.getDeclaredField("timestamp");
        field.setAccessible(true);
        field.set(record, timestamp);
        return record;
    }
}
