package io.afterlearner.evaluator.shell;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends fitness and dead letters, and returns once all in-sync replicas have them. Thread-safe. */
final class FitnessSender implements AutoCloseable {
    private static final int MAX_KEY_BYTES = 64 << 10;
    private static final int MAX_VALUE_BYTES = 512 << 10;

    private final Codec<Fitness> fitness = Codec.of(Fitness.class);
    private final Codec<DeadLetter> deadLetters = Codec.of(DeadLetter.class);
    private final KafkaProducer<byte[], byte[]> producer;
    private final String id;

    FitnessSender(Map<String, String> kafka, String id) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, id + "-fitness");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // The loop waits for this record: 5 ms of the default linger would be 5 ms a candidate.
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Codec.MAX_RECORD_BYTES + 4096);
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.id = id;
    }

    /**
     * @throws KafkaException if the broker did not take it
     */
    void send(Fitness told) throws InterruptedException {
        send(new ProducerRecord<>(
                Topics.FITNESS, told.getStudy().getBytes(StandardCharsets.UTF_8), fitness.encode(told)));
    }

    /**
     * @throws KafkaException if the broker did not take it
     */
    void deadLetter(Delivery delivery, String reason) throws InterruptedException {
        DeadLetter letter = new DeadLetter(
                delivery.topic(),
                delivery.partition(),
                delivery.offset(),
                head(delivery.key(), MAX_KEY_BYTES),
                head(delivery.value(), MAX_VALUE_BYTES),
                reason,
                id,
                System.currentTimeMillis());
        send(new ProducerRecord<>(Topics.DEAD_LETTERS, delivery.key(), deadLetters.encode(letter)));
    }

    private void send(ProducerRecord<byte[], byte[]> message) throws InterruptedException {
        try {
            producer.send(message).get();
        } catch (ExecutionException e) {
            throw new KafkaException(message.topic() + " did not take a record", e.getCause());
        }
    }

    private static @Nullable ByteBuffer head(byte @Nullable [] bytes, int most) {
        return bytes == null ? null : ByteBuffer.wrap(Arrays.copyOf(bytes, Math.min(most, bytes.length)));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
