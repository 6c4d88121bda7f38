package io.afterlearner.evaluator.shell;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Ends a share consumer's poll that fetched only the end marker of a transaction. The client acknowledges a
 * marker by itself, returns nothing, and fetches again no sooner than at the next poll. Polling often instead would do
 * harm: a poll can start a second fetch beside the first, and of two that wait for the application the second one's
 * markers are never acknowledged (KAFKA-21106, in 4.3.1 too). Such a marker stays locked, and once as many records follow
 * it as the broker lets be in flight (2,000), the whole group waits for the lock to end.
 *
 * <p>So polls are long, and a thread watches whether the consumer sends an acknowledgement while it polls: it can only be
 * a marker's.
 */
final class MarkerWatch implements AutoCloseable {
    private static final String ACKNOWLEDGED = "acknowledgements-send-total";
    private static final long SOONEST_MILLIS = 1;
    private static final long LATEST_MILLIS = 20;
    /** The pause between two looks is at most this fraction of the time waited. */
    private static final int PART = 8;

    private final KafkaShareConsumer<byte[], byte[]> consumer;
    private final Metric acknowledged;
    private boolean polling;
    private boolean closed;
    private BooleanSupplier over = () -> false;
    private Object before = 0;
    private long sinceNanos;

    MarkerWatch(KafkaShareConsumer<byte[], byte[]> consumer, String name) {
        this.consumer = consumer;
        this.acknowledged = consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(ACKNOWLEDGED))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this Kafka client has no metric " + ACKNOWLEDGED))
                .getValue();
        Thread thread = new Thread(this::watch, name + "-markers");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Polls; may return early and empty. All acknowledgements must be committed before.
     *
     * @param over whether to stop waiting; called by another thread
     */
    ConsumerRecords<byte[], byte[]> poll(Duration patience, BooleanSupplier over) {
        begin(over);
        try {
            return consumer.poll(patience);
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } finally {
            end();
        }
    }

    private synchronized void begin(BooleanSupplier endEarly) {
        over = endEarly;
        before = acknowledged.metricValue();
        sinceNanos = System.nanoTime();
        polling = true;
        notifyAll();
    }

    private synchronized void end() {
        polling = false;
    }

    private synchronized void watch() {
        try {
            while (!closed) {
                wait(polling ? pauseMillis() : 0);
                if (polling
                        && (over.getAsBoolean() || !acknowledged.metricValue().equals(before))) {
                    polling = false;
                    consumer.wakeup();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long pauseMillis() {
        long waitedMillis = (System.nanoTime() - sinceNanos) / 1_000_000;
        return Math.min(LATEST_MILLIS, Math.max(SOONEST_MILLIS, waitedMillis / PART));
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
