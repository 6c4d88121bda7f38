package io.afterlearner.feedback;

import io.afterlearner.embedded.clock.TurnedClock;
import io.afterlearner.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Ends the windows of all exposures of a service whose clock a test turns. */
final class Windows {
    private static final String GROUP = "afterlearner-feedback";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private Windows() {}

    /** Waits until the service has read all exposures and reports, and turns the clock by the length of a window. */
    static void close(String servers, TurnedClock clock, Duration window) throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", servers);
        List<TopicPartition> partitions;
        try (Admin admin = Admin.create(client)) {
            partitions =
                    admin
                            .describeTopics(List.of(Topics.EXPOSURES, Topics.FEEDBACK))
                            .allTopicNames()
                            .get()
                            .values()
                            .stream()
                            .flatMap(topic -> topic.partitions().stream()
                                    .map(p -> new TopicPartition(topic.name(), p.partition())))
                            .toList();
            awaitRead(admin, partitions);
        }
        clock.turn(window.plusSeconds(1));
        // The service's clock follows the timestamps of records, up to the wall clock.
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (TopicPartition p : partitions) {
                producer.send(new ProducerRecord<>(
                                p.topic(), p.partition(), clock.millis(), new byte[] {1}, null, List.of()))
                        .get();
            }
        }
    }

    private static void awaitRead(Admin admin, List<TopicPartition> partitions) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!isRead(admin, partitions)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the service does not read to the end of " + partitions);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static boolean isRead(Admin admin, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var ends = admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                .all()
                .get();
        var read = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        return partitions.stream().allMatch(p -> {
            long offset = read.get(p) == null ? 0 : read.get(p).offset();
            return offset >= ends.get(p).offset();
        });
    }
}
