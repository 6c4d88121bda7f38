package io.afterlearner.local.stack;

import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Reverts;
import io.afterlearner.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Takes an online study back to ℵ₀ by one record, with whatever else down but Kafka. */
public final class Reverting {
    private static final int PATIENCE_MILLIS = 15_000;

    private final String bootstrap;
    private final Codec<Arms> codec = Codec.of(Arms.class);

    Reverting(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Who this is, on the record. */
    static String who() {
        return "cli:" + System.getProperty("user.name", "unknown");
    }

    /**
     * Returns when the broker has it. What the feedback service wrote before it knew, it takes back itself.
     *
     * @return the record; nothing if the study never began to serve
     * @throws StackException if the broker does not take it
     */
    public Optional<Arms> revert(String study, String reason) throws InterruptedException {
        // Connecting takes as long as reading: both at once.
        CompletableFuture<Optional<Arms>> reading =
                CompletableFuture.supplyAsync(() -> new TopicReader(bootstrap).arms(study));
        try (KafkaProducer<String, byte[]> producer = connected()) {
            Optional<Arms> now = joined(reading);
            return now.isEmpty() ? now : Optional.of(write(producer, now.get(), reason));
        }
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private KafkaProducer<String, byte[]> connected() {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Codec.MAX_RECORD_BYTES + 4096);
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        try {
            producer.partitionsFor(Topics.ARMS);
            return producer;
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw new StackException("the broker at " + bootstrap + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private Arms write(KafkaProducer<String, byte[]> producer, Arms now, String reason) throws InterruptedException {
        Arms next = Reverts.revert(now, who(), reason, System.currentTimeMillis());
        try {
            producer.send(new ProducerRecord<>(Topics.ARMS, next.getStudy(), codec.encode(next)))
                    .get();
            return next;
        } catch (ExecutionException e) {
            throw new StackException("the broker at " + bootstrap + " did not take the record: " + e.getMessage(), e);
        }
    }
}
