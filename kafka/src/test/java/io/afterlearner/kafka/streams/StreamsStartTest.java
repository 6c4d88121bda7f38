package io.afterlearner.kafka.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class StreamsStartTest {
    private final StreamsStart start = new StreamsStart("standby", 0);

    @Test
    void itHasBegunOncePartitionsAreAssignedAndRestored() {
        assertFalse(start.hasBegun());
        start.onChange(State.REBALANCING, State.CREATED);
        assertFalse(start.hasBegun(), "state is being restored");
        start.onChange(State.RUNNING, State.REBALANCING);
        assertTrue(start.hasBegun());
    }

    @Test
    void aLaterRebalanceDoesNotUndoThat() {
        start.onChange(State.RUNNING, State.REBALANCING);
        start.onChange(State.REBALANCING, State.RUNNING);
        assertTrue(start.hasBegun());
        assertEquals("REBALANCING", start.state());
    }

    @Test
    void standbyReplicasOutOfRangeAreRefused() {
        assertEquals(
                "standby is -1; give 0 to 10",
                assertThrows(IllegalArgumentException.class, () -> new StreamsStart("standby", -1))
                        .getMessage());
    }
}
