package io.afterlearner.kafka;

import io.afterlearner.kafka.trace.RecordContext;
import io.opentelemetry.api.trace.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends records and reports within a time limit whether the broker has them. Thread-safe.
 *
 * <pre>{@code
 * try (Sender sender = new Sender(kafka, "studies", Sender.Limits.within(Duration.ofSeconds(15)))) {
 *     sender.deliver(Topics.STUDIES, study, codec.encode(spec));          // returns when the broker has it
 *     sender.send(Topics.FEEDBACK, id, bytes).thenRun(() -> …);           // does not wait
 * }
 * }</pre>
 *
 * <p>A failure is a {@link BrokerAwayException} if Kafka did not answer in time, and another {@link KafkaException} if Kafka
 * rejected the record, for example because it is too large or not authorized.
 *
 * <p>A record carries the trace context of the thread that sends it, if there is one.
 */
public final class Sender implements AutoCloseable {

    /**
     * Time limits of a sender.
     *
     * @param within a record that the broker does not have by then has failed
     * @param block longest time that {@link #send} may wait for a topic's metadata or for memory; zero for a caller that
     *     must not wait, which calls {@link #connect} first
     * @param linger how long a record may wait for others to share its request
     */
    public record Limits(Duration within, Duration block, Duration linger) {
        public static Limits within(Duration within) {
            return new Limits(within, within, Duration.ZERO);
        }

        /** For an event loop: {@link #send} never waits. */
        public static Limits nonBlocking(Duration within, Duration linger) {
            return new Limits(within, Duration.ZERO, linger);
        }
    }

    private final Limits limits;
    private final RenewedProducer producer;
    private final TopicLimits topicLimits;

    /**
     * @param name of this sender among the clients of its process
     * @throws KafkaException if the settings are wrong or no broker's name resolves
     */
    public Sender(KafkaSettings kafka, String name, Limits limits) {
        this.limits = limits;
        Map<String, Object> ours = new HashMap<>(Map.of(
                "partitioner.class",
                UnitPartitioner.class,
                "client.id",
                name,
                "linger.ms",
                limits.linger().toMillis(),
                "max.block.ms",
                limits.block().toMillis(),
                "delivery.timeout.ms",
                (int) limits.within().toMillis(),
                "request.timeout.ms",
                (int) limits.within().toMillis() / 2));
        if (limits.block().isZero()) {
            // Without it, a send that may not wait would fail after an idle time: metadata would be fetched again
            // first.
            ours.put("metadata.max.idle.ms", Duration.ofDays(365).toMillis());
        }
        topicLimits = new TopicLimits(kafka::newAdmin);
        producer = new RenewedProducer(
                () -> new KafkaProducer<>(kafka.producer(ours), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /**
     * Waits until records can be sent to the topics without waiting, or until the limit.
     *
     * @return whether they can
     */
    public boolean connect(Collection<String> topics) throws InterruptedException {
        long end = System.nanoTime() + limits.within().toNanos();
        while (!topics.stream().allMatch(this::isKnown)) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return true;
    }

    private boolean isKnown(String topic) {
        try {
            return !producer.partitionsFor(topic).isEmpty() && topicLimits.isAsked(topic);
        } catch (RetriableException | AuthorizationException | AuthenticationException e) {
            // A right may be granted later.
            return false;
        }
    }

    /** Like the other {@code send}, with a text key. */
    public CompletableFuture<Void> send(String topic, String key, byte @Nullable [] value) {
        return send(topic, key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** Completes when all in-sync replicas have the record, or exceptionally with a {@link KafkaException}. */
    public CompletableFuture<Void> send(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        return send(new ProducerRecord<>(topic, key, value), limits.block().dividedBy(4));
    }

    /**
     * Sends a record without a value to every partition of a topic: it concerns keys that may be in any of them. Completes when
     * all have it, or exceptionally with a {@link KafkaException}.
     */
    public CompletableFuture<Void> sendTombstones(String topic, String key, Map<String, String> headers) {
        try {
            CompletableFuture<?>[] sent = producer.partitionsFor(topic).stream()
                    .map(partition -> tombstone(topic, partition.partition(), key, headers))
                    .map(record -> send(record, limits.block().dividedBy(4)))
                    .toArray(CompletableFuture[]::new);
            return CompletableFuture.allOf(sent);
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(failed(topic, e));
        }
    }

    private static ProducerRecord<byte[], byte[]> tombstone(
            String topic, int partition, String key, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), null);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** @param patience longest wait for the size limit of a topic that was not used before */
    private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record, Duration patience) {
        String topic = record.topic();
        RecordContext.write(Span.current().getSpanContext(), record.headers());
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            RecordTooLargeException refusal = topicLimits.refusal(record, patience);
            if (refusal != null) {
                throw refusal;
            }
            producer.send(record, (sent, failure) -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    RecordTooLargeException known = topicLimits.refusal(record);
                    done.completeExceptionally(failed(topic, known == null ? failure : known));
                }
            });
        } catch (KafkaException e) {
            done.completeExceptionally(failed(topic, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            done.completeExceptionally(new InterruptException(e));
        }
        return done;
    }

    /** Like the other {@code deliver}, with a text key. */
    public void deliver(String topic, String key, byte @Nullable [] value) throws InterruptedException {
        deliver(topic, key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** Like the other {@code deliver}, without headers. */
    public void deliver(String topic, byte @Nullable [] key, byte @Nullable [] value) throws InterruptedException {
        deliver(new ProducerRecord<>(topic, key, value));
    }

    /**
     * Returns when all in-sync replicas have the record.
     *
     * @throws BrokerAwayException if Kafka does not answer in time
     * @throws KafkaException if Kafka rejects the record
     */
    public void deliver(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        long end = System.nanoTime() + limits.within().toNanos();
        try {
            Duration patience = limits.within().dividedBy(4);
            send(record, patience).get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : failed(record.topic(), e);
        } catch (TimeoutException e) {
            throw new BrokerAwayException(limits.within(), e);
        }
    }

    private KafkaException failed(String topic, Throwable cause) {
        return cause instanceof RetriableException
                ? new BrokerAwayException(limits.within(), cause)
                : new RejectedException(
                        topic, String.valueOf(cause.getMessage()), cause instanceof RecordTooLargeException, cause);
    }

    /** Waits for records in flight, at most five seconds. */
    @Override
    public void close() {
        topicLimits.close();
        producer.close();
    }
}
