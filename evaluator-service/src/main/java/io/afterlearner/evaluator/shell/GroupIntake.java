package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Answer;
import io.afterlearner.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Candidates through a consumer group, for clusters without share groups: a partition's candidates go to one slot, in
 * order; its offset is committed after the fitness is on the broker, and a slot that dies leaves it to another.
 */
final class GroupIntake implements Slot.Intake, ConsumerRebalanceListener {
    private static final Duration POLL = Duration.ofMillis(250);
    /** Often enough to notice within a moment that a partition went to somebody else. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable TopicPartition holding;

    GroupIntake(Map<String, String> kafka, String clientId, String pool) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group(pool));
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.candidates(pool)), this);
    }

    /** Another name than the share group's: one id cannot be both. */
    static String group(String pool) {
        return Topics.PREFIX + "evaluators." + pool + ".classic";
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
        // Polling goes on, for the group's sake, without a second candidate coming in.
        consumer.pause(consumer.assignment());
        Answer answer = slot.evaluate(Delivery.of(delivered), LOOK_EVERY, this::stillOurs);
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
