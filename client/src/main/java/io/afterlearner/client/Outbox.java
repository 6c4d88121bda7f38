package io.afterlearner.client;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Exposure;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Exposures and feedback on their way to Kafka, out of the caller's way: a limited queue that never blocks, and a thread
 * that empties it. What does not fit, or does not arrive in time, is counted as dropped.
 */
public final class Outbox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());
    private static final int MOST_WAITING = 50_000;
    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(30);
    private static final Duration FLUSHED_WITHIN = Duration.ofSeconds(2);

    private record Waiting(String topic, String key, byte[] value) {}

    /** What is still to be encoded. */
    private interface Draft {
        Waiting encoded();
    }

    private final Codec<Exposure> exposures = Codec.of(Exposure.class);
    private final Codec<Feedback> feedback = Codec.of(Feedback.class);
    private final BlockingQueue<Draft> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Map<String, Object> kafka;
    private final Thread thread = new Thread(this::empty, "afterlearner-outbox");
    private volatile boolean stopping;

    /** @param kafka what a producer needs to reach the brokers: bootstrap.servers and, where needed, security */
    public Outbox(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        settings.put("linger.ms", 5);
        settings.put("max.block.ms", 1_000);
        settings.put("delivery.timeout.ms", (int) DELIVERED_WITHIN.toMillis());
        settings.put("request.timeout.ms", (int) DELIVERED_WITHIN.toMillis() / 2);
        this.kafka = settings;
        thread.setDaemon(true);
        thread.start();
    }

    /** Records that a unit met what it was assigned. */
    public void exposed(Assignment to) {
        offer(() -> new Waiting(
                Topics.EXPOSURES,
                to.id(),
                exposures.encode(new Exposure(
                        to.id(),
                        to.study(),
                        to.unit(),
                        to.arm(),
                        to.number(),
                        to.assignedAtMillis(),
                        to.expiresAtMillis()))));
    }

    /** Records what came of it. */
    public void reported(Feedback event) {
        offer(() -> new Waiting(Topics.FEEDBACK, event.getAssignment(), feedback.encode(event)));
    }

    private void offer(Draft draft) {
        if (stopping || !queue.offer(draft)) {
            dropped.incrementAndGet();
        }
    }

    /** How many exposures and reports never got to Kafka. */
    public long dropped() {
        return dropped.get();
    }

    private void empty() {
        while (!stopping) {
            try {
                emptyInto(new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer()));
            } catch (KafkaException e) {
                LOG.log(System.Logger.Level.WARNING, "Kafka cannot be reached: {0}", e.getMessage());
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void emptyInto(KafkaProducer<String, byte[]> producer) throws InterruptedException {
        try {
            while (!stopping || !queue.isEmpty()) {
                Draft next = queue.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    send(producer, next.encoded());
                }
            }
        } finally {
            producer.close(FLUSHED_WITHIN);
        }
    }

    private void pause() {
        try {
            Thread.sleep(FLUSHED_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private void send(KafkaProducer<String, byte[]> producer, Waiting waiting) {
        try {
            // The callback says all that the future would.
            var unused = producer.send(
                    new ProducerRecord<>(waiting.topic(), waiting.key(), waiting.value()), (sent, failure) -> {
                        if (failure != null) {
                            dropped.incrementAndGet();
                        }
                    });
        } catch (KafkaException e) {
            dropped.incrementAndGet();
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(FLUSHED_WITHIN.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
