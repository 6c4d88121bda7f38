package io.afterlearner.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * The largest record that each topic allows. If the broker rejects a record as too large, Kafka's producer retries until it times
 * out, and a transaction with such a record never ends. Therefore such a record must not be sent. Each limit is read from the
 * broker when a topic is first used, and again every five minutes. A topic that this client may not describe counts as unlimited.
 * Thread-safe.
 *
 * <pre>{@code
 * RecordTooLargeException refusal = limits.refusal(record, Duration.ofSeconds(5));
 * }</pre>
 */
public final class TopicLimits implements AutoCloseable {
    private static final Duration ASK_AGAIN = Duration.ofMinutes(5);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int UNKNOWN = Integer.MAX_VALUE;
    private static final Config NONE = new Config(List.of());

    private final Supplier<Admin> admins;
    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor(TopicLimits::thread);
    private final Map<String, CompletableFuture<Integer>> limits = new ConcurrentHashMap<>();

    /** @param admins opens an admin client, which is closed after use */
    public TopicLimits(Supplier<Admin> admins) {
        this.admins = admins;
        var unused = asking.scheduleWithFixedDelay(
                () -> limits.keySet().forEach(this::refresh),
                ASK_AGAIN.toMillis(),
                ASK_AGAIN.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "topic-limits");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Why the record's topic would refuse it; null if it takes it, or its limit is not known within this time.
     *
     * @param patience longest wait for the limit of a topic that was not asked for before
     */
    public @Nullable RecordTooLargeException refusal(ProducerRecord<byte[], byte[]> record, Duration patience)
            throws InterruptedException {
        return refusal(record, limit(record.topic(), patience));
    }

    private static @Nullable RecordTooLargeException refusal(ProducerRecord<byte[], byte[]> record, int limit) {
        int bytes = AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.NONE.type(),
                record.key(),
                record.value(),
                record.headers().toArray());
        return bytes <= limit
                ? null
                : new RecordTooLargeException("the record takes " + bytes + " bytes and topic " + record.topic()
                        + " at most " + limit + "; raise its max.message.bytes");
    }

    /** Like the other {@code refusal}, without waiting. */
    @Nullable
    RecordTooLargeException refusal(ProducerRecord<byte[], byte[]> record) {
        return refusal(record, answer(record.topic()).getNow(UNKNOWN));
    }

    /** Whether the broker was asked for a topic's limit, with or without success; asks for it if not. */
    boolean isAsked(String topic) {
        return answer(topic).isDone();
    }

    private CompletableFuture<Integer> answer(String topic) {
        return limits.computeIfAbsent(topic, this::begin);
    }

    private CompletableFuture<Integer> begin(String topic) {
        try {
            return CompletableFuture.supplyAsync(() -> ask(topic), asking);
        } catch (RejectedExecutionException e) {
            // Closed: the sender is closed too, and says so itself.
            return CompletableFuture.completedFuture(UNKNOWN);
        }
    }

    private int limit(String topic, Duration patience) throws InterruptedException {
        CompletableFuture<Integer> answer = answer(topic);
        try {
            return answer.isDone() || patience.isZero()
                    ? answer.getNow(UNKNOWN)
                    : answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return UNKNOWN;
        }
    }

    private void refresh(String topic) {
        int limit = ask(topic);
        limits.computeIfPresent(
                topic, (name, before) -> limit == UNKNOWN ? before : CompletableFuture.completedFuture(limit));
    }

    private int ask(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admins.get()) {
            var limit = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .getOrDefault(resource, NONE)
                    .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            return limit == null ? UNKNOWN : Integer.parseInt(limit.value());
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
