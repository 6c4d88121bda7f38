package io.afterlearner.feedback.shell;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.Outbox;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts what comes over HTTP on its topics. */
@ApplicationScoped
public class Desk {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Codec<Feedback> feedback = Codec.of(Feedback.class);
    private final Codec<Arms> arms = Codec.of(Arms.class);
    private final KafkaProducer<String, byte[]> producer;
    private final Outbox outbox;

    Desk(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "linger.ms",
                        2,
                        // A caller's thread, or the event loop, is not to wait for a Kafka that is away.
                        "max.block.ms",
                        100,
                        "delivery.timeout.ms",
                        (int) PATIENCE.toMillis(),
                        "request.timeout.ms",
                        (int) PATIENCE.toMillis() / 2,
                        "max.request.size",
                        Codec.MAX_RECORD_BYTES + 4096),
                new StringSerializer(),
                new ByteArraySerializer());
        outbox = new Outbox(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Records that a unit met what it was assigned; does not wait, for the token proves it, too. */
    public void exposed(Assignment assignment) {
        outbox.exposed(assignment);
    }

    /** Completes when the broker has all of them; exceptionally with {@link BrokerAwayException} if it does not in time. */
    public CompletionStage<Void> report(List<Feedback> reports) {
        CompletableFuture<?>[] sent = reports.stream()
                .map(report -> send(Topics.FEEDBACK, report.getAssignment(), feedback.encode(report)))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(sent);
    }

    /** As the other, for the record of who meets what. */
    public CompletionStage<Void> write(Arms record) {
        return send(Topics.ARMS, record.getStudy(), arms.encode(record));
    }

    private CompletableFuture<Void> send(String topic, String key, byte[] value) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            // The callback says all that the future would.
            var unused = producer.send(new ProducerRecord<>(topic, key, value), (sent, failure) -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(new BrokerAwayException(failure));
                }
            });
        } catch (KafkaException e) {
            done.completeExceptionally(new BrokerAwayException(e));
        }
        return done;
    }

    @PreDestroy
    void close() {
        producer.close(PATIENCE);
        outbox.close();
    }
}
