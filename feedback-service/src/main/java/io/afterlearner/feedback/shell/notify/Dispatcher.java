package io.afterlearner.feedback.shell.notify;

import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import io.afterlearner.schemas.cluster.ServiceRights;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Reads the audit log and notifies one receiver, until its thread is interrupted. The log is the queue: an entry is committed once the
 * receiver has it, or it was given up, so it is sent at least once, also after a crash. Each receiver has a consumer group, in which
 * all instances share the work, so no receiver waits for another. What fails is read and sent again after a pause.
 */
final class Dispatcher implements Runnable {
    /** Before the first retry. Each further pause is twice as long, up to {@link #LONGEST_PAUSE}. */
    static final Duration PAUSE = Duration.ofSeconds(1);
    /** A notification that fails for longer is given up. */
    static final Duration PATIENCE = Duration.ofDays(3);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration KAFKA_AGAIN = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Map<String, Object> CONSUMER = Map.of(
            // A new receiver is notified of the last day.
            "auto.offset.reset",
            "by_duration:PT24H",
            "max.poll.records",
            20,
            // 20 answers of 10 s and a pause take 260 s.
            "max.poll.interval.ms",
            600_000,
            "session.timeout.ms",
            10_000,
            "heartbeat.interval.ms",
            1_000);
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final Codec<ArmsChange> entries = Codec.of(ArmsChange.class);
    private final KafkaSettings kafka;
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
    private final Webhook webhook;
    private final Duration firstPause;
    private Duration pause;
    /** What was logged last. */
    private String complaint = "";

    Dispatcher(KafkaSettings kafka, FeedbackMetrics metrics, Webhook webhook, Duration firstPause) {
        this.kafka = kafka;
        for (Outcome outcome : Outcome.values()) {
            counters.put(outcome, metrics.notifications(webhook.receiver().name(), outcome.label()));
        }
        this.webhook = webhook;
        this.firstPause = firstPause;
        pause = firstPause;
    }

    static String group(Receiver receiver) {
        return ServiceRights.FEEDBACK + "-notifications-" + receiver.name();
    }

    @Override
    public void run() {
        try {
            while (true) {
                readUntilItFails();
                TimeUnit.MILLISECONDS.sleep(KAFKA_AGAIN.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.debugf("receiver %s is notified no more", webhook.receiver());
        }
    }

    private void readUntilItFails() throws InterruptedException {
        try {
            read();
        } catch (KafkaException e) {
            count(Outcome.RETRIED);
            complain("the audit log cannot be read for it; trying again: " + KafkaReason.of(e));
        } catch (RuntimeException e) {
            LOG.errorf(e, "receiver %s: notifying it failed; trying again", webhook.receiver());
        }
    }

    private void read() throws InterruptedException {
        String topic = topicId();
        Map<String, Object> settings = new HashMap<>(CONSUMER);
        settings.put("group.id", group(webhook.receiver()));
        KafkaConsumer<String, byte[]> consumer = kafka.newConsumer(settings);
        try {
            consumer.subscribe(List.of(Topics.AUDIT));
            while (true) {
                read(consumer, topic);
            }
        } catch (InterruptException e) {
            // As long as its thread is interrupted, the consumer cannot leave its group.
            var unused = Thread.interrupted();
            throw new InterruptedException("while reading the audit log");
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    /** Differs from that of the audit log of any other installation, also of one that was deleted and created again. */
    private String topicId() throws InterruptedException {
        Admin admin = kafka.newAdmin();
        try {
            return Objects.requireNonNull(admin.describeTopics(List.of(Topics.AUDIT))
                            .topicNameValues()
                            .get(Topics.AUDIT))
                    .get()
                    .topicId()
                    .toString();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } finally {
            admin.close(CLOSE);
        }
    }

    /** Commits entry by entry, so that a crash repeats one notification at most. From the first that fails on, all are read again. */
    void read(Consumer<String, byte[]> consumer, String topic) throws InterruptedException {
        Map<TopicPartition, Long> again = new HashMap<>();
        for (ConsumerRecord<String, byte[]> entry : consumer.poll(POLL)) {
            TopicPartition partition = new TopicPartition(entry.topic(), entry.partition());
            if (again.isEmpty() && isDone(entry, topic)) {
                consumer.commitSync(Map.of(partition, new OffsetAndMetadata(entry.offset() + 1)));
            } else {
                again.putIfAbsent(partition, entry.offset());
            }
        }
        if (!again.isEmpty()) {
            // Without an offset, another instance would begin with the entries of the last day.
            Map<TopicPartition, OffsetAndMetadata> waiting = new HashMap<>();
            again.forEach((partition, offset) -> waiting.put(partition, new OffsetAndMetadata(offset)));
            consumer.commitSync(waiting);
            again.forEach(consumer::seek);
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
    }

    /** Whether the entry needs no further attempt. */
    boolean isDone(ConsumerRecord<String, byte[]> entry, String topic) throws InterruptedException {
        Optional<Notification> notification = notification(entry, topic).filter(webhook.receiver()::wants);
        return notification.isEmpty() || isDone(notification.get(), entry.timestamp());
    }

    private Optional<Notification> notification(ConsumerRecord<String, byte[]> entry, String topic) {
        if (entry.value() == null) {
            return Optional.empty();
        }
        try {
            return Notification.of(
                    topic + "-" + entry.partition() + "-" + entry.offset(), entries.decode(entry.value()));
        } catch (UndecodableException e) {
            LOG.warnf(
                    "receiver %s is not notified of audit entry %d-%d: %s",
                    webhook.receiver(), entry.partition(), entry.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private boolean isDone(Notification notification, long atMillis) throws InterruptedException {
        Webhook.Answer answer = atMillis < System.currentTimeMillis() - PATIENCE.toMillis()
                ? new Webhook.Answer(Outcome.FAILED, "the entry is older than " + PATIENCE.toDays() + " days")
                : webhook.send(notification);
        count(answer.outcome());
        switch (answer.outcome()) {
            case SENT -> complaint = "";
            case RETRIED ->
                complain("not notified yet about study " + notification.study() + " (audit entry " + notification.id()
                        + "), trying again: " + answer.problem());
            case FAILED ->
                LOG.warnf(
                        "receiver %s: not notified about study %s (audit entry %s): %s",
                        webhook.receiver(), notification.study(), notification.id(), answer.problem());
        }
        if (answer.outcome() != Outcome.RETRIED) {
            pause = firstPause;
        }
        return answer.outcome() != Outcome.RETRIED;
    }

    private void count(Outcome outcome) {
        Objects.requireNonNull(counters.get(outcome)).increment();
    }

    /** Logs a problem once, however often it comes. */
    private void complain(String problem) {
        if (!problem.equals(complaint)) {
            LOG.warnf("receiver %s: %s", webhook.receiver(), problem);
            complaint = problem;
        }
    }
}
