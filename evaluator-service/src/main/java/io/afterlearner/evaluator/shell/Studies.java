package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Every study's spec, read from the beginning and followed: all partitions, no group. Says which studies have ended, too.
 * Thread-safe.
 */
final class Studies {
    private static final Logger LOG = Logger.getLogger(Studies.class);

    /** Beyond it the longest known go: their candidates fail after the wait. */
    private static final int MAX_STUDIES = 10_000;

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final List<String> READ = List.of(Topics.STUDIES, Topics.INCUMBENTS);

    private final Codec<StudySpec> specCodec = Codec.of(StudySpec.class);
    private final Codec<Incumbent> incumbentCodec = Codec.of(Incumbent.class);
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<String> ended;
    private final Thread thread;
    private final Map<String, StudySpec> specs = new LinkedHashMap<>();
    private Map<TopicPartition, Long> unread = Map.of();
    private volatile boolean ready;
    private volatile boolean stopping;

    /**
     * @param ended is told of every study that finished, stopped or was refused
     */
    Studies(Map<String, String> kafka, String id, Consumer<String> ended) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, id + "-studies");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.ended = ended;
        this.thread = new Thread(this::follow, id + "-studies");
    }

    void start() {
        thread.start();
    }

    /** Whether all that was there at the start has been read, and the reader lives. */
    boolean isReady() {
        return ready && thread.isAlive();
    }

    synchronized int size() {
        return specs.size();
    }

    /** Waits until the study is known, the time is up, or the wish to abort is there. */
    synchronized Optional<StudySpec> await(String study, Duration atMost, Abort abort) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!specs.containsKey(study) && abort.cause() == null) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            // Short, so that an abort, which notifies nobody here, is seen.
            wait(Math.min(left, 100));
        }
        return Optional.ofNullable(specs.get(study));
    }

    private void follow() {
        try (consumer) {
            while (!stopping) {
                try {
                    step();
                } catch (WakeupException e) {
                    LOG.debug("woken up to stop");
                } catch (KafkaException e) {
                    LOG.warnf("the studies cannot be read, trying again: %s", e.getMessage());
                    Thread.sleep(RETRY.toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted to stop");
        }
    }

    private void step() throws InterruptedException {
        if (consumer.assignment().isEmpty()) {
            assign();
        }
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
            take(message);
        }
        if (!ready) {
            ready = unread.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
        }
    }

    private void assign() throws InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : READ) {
            var found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                LOG.infof("topic %s is not there yet", topic);
                Thread.sleep(RETRY.toMillis());
                return;
            }
            found.forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        unread = consumer.endOffsets(partitions);
    }

    private void take(ConsumerRecord<byte[], byte[]> message) {
        try {
            if (message.topic().equals(Topics.INCUMBENTS)) {
                takeIncumbent(message);
            } else if (message.value() == null) {
                remove(new String(message.key(), StandardCharsets.UTF_8));
            } else {
                add(specCodec.decode(message.value()));
            }
        } catch (UndecodableException e) {
            // The optimizer reads this topic too and puts the record with the dead letters; here every evaluator would.
            LOG.warnf(
                    "%s-%d@%d is skipped: %s", message.topic(), message.partition(), message.offset(), e.getMessage());
        }
    }

    private void takeIncumbent(ConsumerRecord<byte[], byte[]> message) throws UndecodableException {
        if (message.value() == null) {
            return;
        }
        Incumbent incumbent = incumbentCodec.decode(message.value());
        StudyStatus status = incumbent.getStatus();
        if (status == StudyStatus.FINISHED || status == StudyStatus.STOPPED) {
            // Its spec stays: a study can be extended.
            ended.accept(incumbent.getStudy());
        }
    }

    private synchronized void add(StudySpec spec) {
        specs.put(spec.getStudy(), spec);
        if (specs.size() > MAX_STUDIES) {
            Iterator<String> oldest = specs.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        notifyAll();
    }

    private void remove(String study) {
        synchronized (this) {
            specs.remove(study);
        }
        ended.accept(study);
    }

    void close() throws InterruptedException {
        stopping = true;
        consumer.wakeup();
        if (thread.isAlive()) {
            thread.join(5_000);
        }
    }
}
