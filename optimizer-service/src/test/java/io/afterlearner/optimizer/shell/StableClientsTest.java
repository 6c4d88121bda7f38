package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StableClientsTest {

    @Test
    void aTransactionIsNamedAfterTheInstanceAndTheThread() {
        assertEquals(
                "afterlearner-optimizer-pod-1-1",
                StableClients.stable("afterlearner-optimizer-0f8fad5b-d9cb-469f-a165-70867728950e-1", "pod-1"));
    }
}
