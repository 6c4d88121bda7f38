package io.afterlearner.kafka.streams;

import static org.apache.kafka.streams.KafkaStreams.State.CREATED;
import static org.apache.kafka.streams.KafkaStreams.State.REBALANCING;
import static org.apache.kafka.streams.KafkaStreams.State.RUNNING;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StreamsProgressTest {
    private final StreamsProgress progress = new StreamsProgress();
    private final StreamsListener listener = new StreamsListener(progress);

    @Test
    void beginsWhenStateIsRestoredAndOutlivesRebalances() {
        listener.onChange(REBALANCING, CREATED);
        assertFalse(progress.hasRun(), "partitions are not assigned, or their state is not restored");
        listener.onChange(RUNNING, REBALANCING);
        assertTrue(progress.hasRun());
        listener.onChange(REBALANCING, RUNNING);
        assertTrue(progress.hasRun(), "all instances would be down at once");
    }
}
