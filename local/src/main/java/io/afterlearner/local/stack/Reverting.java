package io.afterlearner.local.stack;

import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
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
import org.apache.kafka.common.errors.ClusterAuthorizationException;

/** Reverts an online study to ℵ₀ by one record. Needs Kafka and no service. */
public final class Reverting {
    private static final int TIMEOUT_MILLIS = 15_000;

    private final KafkaSettings kafka;
    private final Codec<Arms> codec = Codec.of(Arms.class);

    Reverting(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** The author written to the record. */
    static String who() {
        return "cli:" + System.getProperty("user.name", "unknown");
    }

    /**
     * Returns once the broker has the record. The feedback service itself corrects anything it wrote before it read the
     * record.
     *
     * @return the record; empty if the study never began to serve
     * @throws StackException if the broker does not accept it
     */
    public Optional<Arms> revert(String study, String reason) throws InterruptedException {
        // Connecting takes as long as reading, so both run at the same time.
        CompletableFuture<Optional<Arms>> reading =
                CompletableFuture.supplyAsync(() -> new TopicReader(kafka).arms(study));
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
        KafkaProducer<String, byte[]> producer = kafka.newProducer(Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS));
        try {
            producer.partitionsFor(Topics.ARMS);
            return producer;
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw new StackException(
                    "Kafka at " + kafka.bootstrapServers() + " cannot be reached: " + KafkaReason.of(e)
                            + "; check the address and that Kafka runs",
                    e);
        }
    }

    private Arms write(KafkaProducer<String, byte[]> producer, Arms now, String reason) throws InterruptedException {
        Arms next = Reverts.revert(now, who(), reason, System.currentTimeMillis());
        try {
            producer.send(new ProducerRecord<>(Topics.ARMS, next.getStudy(), codec.encode(next)))
                    .get();
            return next;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClusterAuthorizationException) {
                // An idempotent producer asks for its id first; Kafka's own message names neither right nor topic.
                throw new StackException(
                        "Kafka at " + kafka.bootstrapServers() + ": the right to WRITE on topic " + Topics.ARMS
                                + " is missing; grant it to this user, as ./afterlearner topics acls --service operator"
                                + " prints",
                        e);
            }
            throw new StackException(
                    "Kafka at " + kafka.bootstrapServers() + " did not accept the record: " + KafkaReason.of(e)
                            + "; correct that and run the same command again",
                    e);
        }
    }
}
