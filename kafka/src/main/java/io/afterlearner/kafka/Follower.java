package io.afterlearner.kafka;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps compacted topics in memory, one {@link Table} each: reads them whole, then follows them, on a thread of its own.
 *
 * <pre>{@code
 * Follower follower = new Follower(kafka, "studies");
 * Table<StudySpec> studies = follower.table(Topics.STUDIES, Codec.of(StudySpec.class)::decode);
 * Table<Incumbent> incumbents = follower.table(Topics.INCUMBENTS, Codec.of(Incumbent.class)::decode);
 * follower.start();
 * follower.await(follower::isReady, Duration.ofSeconds(30));
 * studies.get("depth-1a2b3c4d");
 * follower.await(() -> studies.get(created).isPresent(), Duration.ofSeconds(5));
 * follower.close();
 * }</pre>
 *
 * <p>With Kafka away the tables keep what they have, {@link #isCurrent} becomes false, and the follower tries again until
 * it is closed. After an absence it reads the topics anew, so that nothing removed meanwhile stays. A topic that does not
 * exist yet is waited for. A record that cannot be decoded or followed is logged, and its key keeps the previous value. Thread-safe
 * once started.
 */
public final class Follower implements AutoCloseable {

    /** Without an answer for longer, Kafka counts as away. */
    private static final Duration AWAY = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(Follower.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long ASK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Map<String, Object> CONSUMER = Map.of(
            // A position that the broker does not have means another topic: it is read from its beginning.
            "auto.offset.reset",
            "none",
            "max.partition.fetch.bytes",
            2 * Codec.MAX_RECORD_BYTES,
            "default.api.timeout.ms",
            (int) ANSWER.toMillis(),
            "request.timeout.ms",
            (int) ANSWER.toMillis());

    private final KafkaSettings kafka;
    private final Thread thread;
    private final Map<String, Table<?>> tables = new LinkedHashMap<>();
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile long heardNanos;
    private volatile boolean ready;
    private volatile boolean live;
    private volatile boolean stopping;
    private volatile @Nullable RuntimeException failure;
    private boolean away;

    /** @param name of what is followed, for the thread and the log */
    public Follower(KafkaSettings kafka, String name) {
        this.kafka = kafka;
        thread = new Thread(this::run, "follow-" + name);
        thread.setDaemon(true);
    }

    /** Adds a topic, within {@link Bounds#DEFAULT}. Call it before {@link #start}. */
    public <V> Table<V> table(String topic, Table.Decoder<V> decoder) {
        return table(topic, decoder, Bounds.DEFAULT);
    }

    /** Adds a topic. Call it before {@link #start}. */
    public <V> Table<V> table(String topic, Table.Decoder<V> decoder, Bounds bounds) {
        Table<V> table = new Table<>(topic, decoder, bounds);
        tables.put(topic, table);
        return table;
    }

    /** Begins to read; returns at once. */
    public void start() {
        thread.start();
    }

    /** Whether all that was there at the start has been read. Stays true when Kafka goes away. */
    public boolean isReady() {
        return ready;
    }

    /** Whether the tables are up to date: the topics are read, and Kafka answered within the last ten seconds. */
    public boolean isCurrent() {
        return live && System.nanoTime() - heardNanos < AWAY.toNanos();
    }

    /** Why the topics cannot be read now; null if they can, or if nothing has failed yet. */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    /**
     * Waits for a condition on the tables, or on anything else; it is looked at after every change and ten times per second.
     *
     * @return whether the condition holds
     */
    public synchronized boolean await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return false;
            }
            wait(Math.min(leftMillis, 100));
        }
        return true;
    }

    private synchronized void wakeWaiting() {
        notifyAll();
    }

    private void run() {
        try {
            while (!stopping) {
                try {
                    followUntilItFails();
                } catch (WakeupException e) {
                    LOG.log(System.Logger.Level.DEBUG, "woken to stop");
                } catch (RuntimeException e) {
                    live = false;
                    failure = e;
                    complain(e);
                    Thread.sleep(RETRY.toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "interrupted to stop");
        }
    }

    private void followUntilItFails() {
        KafkaConsumer<String, byte[]> opened = kafka.newConsumer(CONSUMER);
        try {
            consumer = opened;
            follow(opened);
        } finally {
            // A close with a timeout would wait up to half a second for the answer to the last fetch.
            opened.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private void complain(RuntimeException e) {
        if (!(e instanceof KafkaException)) {
            LOG.log(System.Logger.Level.ERROR, "reading " + tables.keySet() + " failed; it begins again", e);
        } else if (!away) {
            LOG.log(System.Logger.Level.WARNING, "cannot read {0}, trying again: {1}", tables.keySet(), e.getMessage());
        }
        away = true;
    }

    private void follow(KafkaConsumer<String, byte[]> opened) {
        TopicRead read = TopicRead.begin(opened, tables.keySet());
        tables.values().forEach(Table::begin);
        long askedNanos = System.nanoTime();
        while (!stopping) {
            var records = opened.poll(POLL);
            records.forEach(this::take);
            if (!records.isEmpty()) {
                heardNanos = System.nanoTime();
            } else if (System.nanoTime() - askedNanos > ASK_EVERY_NANOS) {
                // A quiet topic looks the same as an absent broker.
                read.checkTopics(tables.keySet());
                askedNanos = System.nanoTime();
                heardNanos = askedNanos;
            }
            if (!live && read.isComplete()) {
                goLive();
            }
            wakeWaiting();
        }
    }

    private void goLive() {
        tables.values().forEach(Table::serve);
        heardNanos = System.nanoTime();
        live = true;
        ready = true;
        failure = null;
        if (away) {
            LOG.log(System.Logger.Level.INFO, "{0} can be read again", tables.keySet());
            away = false;
        }
    }

    private void take(ConsumerRecord<String, byte[]> received) {
        Table<?> table = tables.get(received.topic());
        if (table == null || received.key() == null) {
            return;
        }
        try {
            table.take(received.key(), received.value());
        } catch (UndecodableException e) {
            skipped(received, String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            // Reading the topic again would meet the record again.
            skipped(received, e.toString());
        }
    }

    private static void skipped(ConsumerRecord<String, byte[]> received, String reason) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}-{1}@{2} is skipped: {3}",
                received.topic(),
                received.partition(),
                received.offset(),
                reason);
    }

    /** Stops following; the tables keep what they have. */
    @Override
    public void close() {
        stopping = true;
        KafkaConsumer<String, byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(ANSWER.toMillis());
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
