package io.afterlearner.kafka.streams;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandbyReplicasTest {
    private static final String SETTING = "afterlearner.optimizer.standby-replicas";

    @ParameterizedTest
    @ValueSource(ints = {-1, 11})
    void aNumberOutOfRangeIsRefusedWithTheSettingAndItsRange(int replicas) {
        String message = assertThrows(IllegalArgumentException.class, () -> StandbyReplicas.require(SETTING, replicas))
                .getMessage();
        assertEquals(SETTING + " is " + replicas + "; set it to the number of standby replicas, 0 to 10", message);
    }

    @Test
    void theBoundsAreAllowed() {
        assertDoesNotThrow(() -> StandbyReplicas.require(SETTING, 0));
        assertDoesNotThrow(() -> StandbyReplicas.require(SETTING, 10));
    }
}
