package io.afterlearner.feedback.shell;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.Outbox;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Topics;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts what comes over HTTP on its topics. */
@ApplicationScoped
public class Desk {
    /** Whoever reports is answered by then, with Kafka away, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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
                        // The event loop waits for nothing: with Kafka away, a request would hold up all others, and a
                        // report of a batch the next one. So what partitions there are is known before and never
                        // forgotten.
                        "max.block.ms",
                        0,
                        "metadata.max.idle.ms",
                        Duration.ofDays(365).toMillis(),
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

    /** After the topics were created. */
    void start(@Observes @Priority(2) StartupEvent event) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!(isKnown(Topics.FEEDBACK) && isKnown(Topics.ARMS)) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Whether it can be written to at once; else that is being found out. */
    private boolean isKnown(String topic) {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (KafkaException e) {
            return false;
        }
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
