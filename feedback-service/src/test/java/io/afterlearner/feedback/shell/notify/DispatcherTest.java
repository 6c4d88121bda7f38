package io.afterlearner.feedback.shell.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.feedback.shell.Metered;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DispatcherTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.AUDIT, 0);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** Otherwise a new receiver that is down, and an instance that restarts after a day, would lose it. */
    @Test
    void whatIsRetriedIsKeptForAnotherInstance() throws Exception {
        try (HookServer server = new HookServer(503);
                MockConsumer<String, byte[]> consumer = consumer(ArmsAction.ALARM, ArmsAction.PROMOTE)) {
            Webhook webhook = new Webhook(server.receiver("ops"), Webhook.client(null), Duration.ofMinutes(10));
            Dispatcher dispatcher =
                    new Dispatcher(KafkaSettings.of(Map.of()), Metered.in(registry), webhook, Duration.ofMillis(1));
            dispatcher.read(consumer, "topic");
            assertEquals("topic-0-5", server.next().id());
            assertEquals(0, server.requests.size(), "the next one waits");
            assertEquals(
                    new OffsetAndMetadata(5),
                    consumer.committed(Set.of(PARTITION)).get(PARTITION));
            assertEquals(5, consumer.position(PARTITION));
            assertEquals(1, Metered.count(registry, "notifications", "receiver", "ops", "outcome", "retried"));
        }
    }

    /** Entries with the offsets 5, 6 and so on. */
    private static MockConsumer<String, byte[]> consumer(ArmsAction... actions) {
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 5L));
        long now = System.currentTimeMillis();
        for (int i = 0; i < actions.length; i++) {
            byte[] entry = Codec.of(ArmsChange.class).encode(Entries.entry(actions[i], now));
            consumer.addRecord(new ConsumerRecord<>(
                    Topics.AUDIT,
                    0,
                    5 + i,
                    now,
                    TimestampType.CREATE_TIME,
                    0,
                    entry.length,
                    "ranking-1a2b3c4d",
                    entry,
                    new RecordHeaders(),
                    Optional.empty()));
        }
        return consumer;
    }
}
