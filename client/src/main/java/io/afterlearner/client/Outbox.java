package io.afterlearner.client;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Sender;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Exposure;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Topics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;

/**
 * Sends exposures and feedback to Kafka in the background: a bounded queue on which callers never wait, and a thread that
 * empties it. A record that does not fit into the queue, or that Kafka does not have within 30 s, is counted as dropped.
 */
public final class Outbox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());
    private static final int MAX_WAITING = 50_000;
    private static final Sender.Limits LIMITS =
            new Sender.Limits(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMillis(5));
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);

    private record Encoded(String topic, String key, byte[] value) {}

    /** A record that the sending thread encodes. */
    private interface Draft {
        Encoded encoded();
    }

    /** @param trace context of the caller, which the record will carry; invalid if it has none */
    private record Waiting(Draft draft, SpanContext trace) {}

    private final Codec<Exposure> exposures = Codec.of(Exposure.class);
    private final Codec<Feedback> feedback = Codec.of(Feedback.class);
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final KafkaSettings kafka;
    private final UnitKeys units;
    private final Thread thread = new Thread(this::run, "afterlearner-outbox");
    private volatile boolean stopping;

    /**
     * Starts the sending thread.
     *
     * @param units replaces units by their pseudonyms
     */
    public Outbox(KafkaSettings kafka, UnitKeys units) {
        this.kafka = kafka;
        this.units = units;
        thread.setDaemon(true);
        thread.start();
    }

    /** Records that a unit was exposed to what it was assigned. */
    public void exposed(Assignment to, Tokens tokens) {
        UnitKey key = units.current();
        offer(() -> new Encoded(
                Topics.EXPOSURES,
                to.id(),
                exposures.encode(new Exposure(
                        to.id(),
                        to.study(),
                        key.pseudonym(to.study(), to.unit()),
                        to.arm(),
                        to.number(),
                        to.assignedAtMillis(),
                        to.expiresAtMillis(),
                        to.incarnation(),
                        to.drawnAtMillis(),
                        tokens.sign(to)))));
    }

    /** Like the other {@code exposed}, for an exposure that is known by its token alone. */
    public void exposed(Exposure exposure) {
        offer(() -> new Encoded(Topics.EXPOSURES, exposure.getAssignment(), exposures.encode(exposure)));
    }

    /** Records what came of an assignment. */
    public void reported(Feedback event) {
        offer(() -> new Encoded(Topics.FEEDBACK, event.getAssignment(), feedback.encode(event)));
    }

    private void offer(Draft draft) {
        if (stopping || !queue.offer(new Waiting(draft, Span.current().getSpanContext()))) {
            dropped.incrementAndGet();
        }
    }

    /** Number of exposures and reports that did not reach Kafka. */
    public long dropped() {
        return dropped.get();
    }

    private void run() {
        try {
            while (!stopping) {
                try (Sender sender = new Sender(kafka, "afterlearner-outbox", LIMITS)) {
                    empty(sender);
                } catch (KafkaException e) {
                    LOG.log(System.Logger.Level.WARNING, "cannot connect to Kafka, trying again: {0}", e.getMessage());
                    Thread.sleep(RETRY_AFTER.toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "interrupted to stop");
        }
    }

    private void empty(Sender sender) throws InterruptedException {
        while (!stopping || !queue.isEmpty()) {
            Waiting next = queue.poll(100, TimeUnit.MILLISECONDS);
            if (next != null) {
                send(sender, next);
            }
        }
    }

    // The scope ends with the block; nothing in it needs the object.
    @SuppressWarnings("try")
    private void send(Sender sender, Waiting waiting) {
        try (Scope scope = Span.wrap(waiting.trace()).makeCurrent()) {
            send(sender, waiting.draft().encoded());
        }
    }

    private void send(Sender sender, Encoded record) {
        // Nobody waits for it: its failure is counted.
        var unused = sender.send(record.topic(), record.key(), record.value()).exceptionally(failure -> {
            dropped.incrementAndGet();
            return null;
        });
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
