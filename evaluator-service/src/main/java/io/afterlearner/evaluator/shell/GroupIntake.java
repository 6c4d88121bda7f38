package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Answer;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.cluster.ShareGroup;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes candidates from a consumer group, for clusters without share groups. A partition's candidates go to one slot, in
 * order. The offset is committed after the broker has the fitness; if a slot dies, another takes over the partition.
 */
final class GroupIntake implements Slot.Intake, ConsumerRebalanceListener {
    private static final Duration POLL = Duration.ofMillis(250);
    /** Detects soon that a partition was assigned to another consumer. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable TopicPartition holding;

    GroupIntake(KafkaSettings kafka, String clientId, ShareGroup group) {
        Map<String, Object> config =
                Map.of("client.id", clientId, "group.id", group.classicName(), "max.poll.records", 1);
        this.consumer =
                new KafkaConsumer<>(kafka.consumer(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(group.topic()), this);
    }

    @Override
    public void step(Slot slot) throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> delivered : consumer.poll(POLL)) {
            hold(slot, delivered);
        }
    }

    private void hold(Slot slot, ConsumerRecord<byte[], byte[]> delivered) throws InterruptedException {
        TopicPartition partition = new TopicPartition(delivered.topic(), delivered.partition());
        holding = partition;
        // Polling continues, to stay in the group, but delivers no second candidate.
        consumer.pause(consumer.assignment());
        Answer answer = slot.evaluate(delivered, LOOK_EVERY, this::stillOurs);
        boolean ours = stillOurs();
        holding = null;
        if (ours && answer == Answer.RELEASE) {
            consumer.seek(partition, delivered.offset());
            Thread.sleep(slot.isStopping() ? 0 : RETRY.toMillis());
        } else if (ours && answer != null) {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(delivered.offset() + 1)));
        }
        consumer.resume(consumer.paused());
    }

    private boolean stillOurs() {
        consumer.poll(Duration.ZERO);
        return holding != null;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (holding != null && partitions.contains(holding)) {
            holding = null;
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (holding != null) {
            consumer.pause(partitions);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
