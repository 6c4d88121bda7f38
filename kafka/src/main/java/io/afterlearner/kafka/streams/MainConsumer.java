package io.afterlearner.kafka.streams;

import io.afterlearner.kafka.cluster.NeededTopics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.jspecify.annotations.Nullable;

/**
 * The consumer of a stream thread. It subscribes when the broker knows all topics that the application reads and writes: a topic
 * that was just created may not be known yet, and Kafka Streams would end. After an operation failed for want of a right it waits
 * until the right is granted.
 */
final class MainConsumer extends KafkaConsumer<byte[], byte[]> {
    private static final System.Logger LOG = System.getLogger(MainConsumer.class.getName());
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final long COMPLAIN_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final IntConsumer polled;
    private final Supplier<Admin> newAdmin;
    private final NeededTopics needed;
    private final Predicate<Set<String>> blocked;
    private @Nullable Runnable subscribe;
    private Set<String> wanted = Set.of();
    private long complainNanos = System.nanoTime() + COMPLAIN_EVERY_NANOS / 2;

    /**
     * @param needed topics besides those that are read
     * @param blocked whether reading these topics would fail for want of a right
     * @param polled hears how many records each poll returned
     */
    MainConsumer(
            Map<String, Object> settings,
            Supplier<Admin> newAdmin,
            NeededTopics needed,
            Predicate<Set<String>> blocked,
            IntConsumer polled) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.newAdmin = newAdmin;
        this.needed = needed;
        this.blocked = blocked;
        this.polled = polled;
    }

    /** Asks for the topics at a poll, because what the client learns about a topic too early it keeps for a while. */
    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        wanted = Set.copyOf(topics);
        subscribe = () -> super.subscribe(topics, listener);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        if (subscribe != null) {
            if (blocked.test(wanted)) {
                sleep();
                return ConsumerRecords.empty();
            }
            Set<String> missing = missing();
            if (!missing.isEmpty()) {
                waitFor(missing);
                return ConsumerRecords.empty();
            }
            subscribe.run();
            subscribe = null;
        }
        try {
            ConsumerRecords<byte[], byte[]> records =
                    ArrivalTimes.corrected(super.poll(timeout), System.currentTimeMillis());
            polled.accept(records.count());
            return records;
        } catch (KafkaException e) {
            if (RecordFaults.root(e) instanceof MissingSourceTopicException) {
                leave();
            }
            throw e;
        }
    }

    /**
     * A static member gets the group's last assignment back when it starts again. Here that says that a topic is missing, also
     * when it is there again, so the group forgets the member.
     */
    private void leave() {
        ConsumerGroupMetadata group = groupMetadata();
        String instance = group.groupInstanceId().orElse(null);
        if (instance == null) {
            return;
        }
        try (Admin admin = newAdmin.get()) {
            admin.removeMembersFromConsumerGroup(
                            group.groupId(),
                            new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove(instance))))
                    .all()
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot leave group {0}: {1}", group.groupId(), e.toString());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void waitFor(Set<String> missing) {
        if (System.nanoTime() - complainNanos > 0) {
            complainNanos = System.nanoTime() + COMPLAIN_EVERY_NANOS;
            // It says itself what is missing of its own.
            if (needed.problem() == null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "waiting: Kafka has no topics {0}, or this process may not see them; create them, or grant READ",
                        missing);
            }
        }
        sleep();
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** The topics without which this consumer does not subscribe; one that is there but not as expected counts as missing. */
    private Set<String> missing() {
        Set<String> missing = new TreeSet<>(wanted);
        // Kafka Streams creates the application's internal topics when the group is joined.
        String internal = groupMetadata().groupId() + "-";
        missing.removeIf(topic -> topic.startsWith(internal));
        try {
            Map<String, Integer> known = new HashMap<>();
            listTopics(ANSWER).forEach((topic, partitions) -> known.put(topic, partitions.size()));
            known.values().removeIf(partitions -> partitions == 0);
            Set<String> unread = needed.missing(known.keySet());
            boolean asCounted = needed.areAsCounted(known);
            missing.removeIf(topic -> asCounted && known.containsKey(topic));
            missing.addAll(unread);
        } catch (RetriableException e) {
            LOG.log(System.Logger.Level.DEBUG, "the broker does not list its topics", e);
        }
        return missing;
    }
}
