package io.afterlearner.local.cli.study;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.local.stack.StackException;
import io.afterlearner.report.result.History;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final long TIMEOUT_MILLIS = 1_000;

    @Test
    void aHistoryThatLostRecordsIsNotExported() {
        History none = History.of(List.of(), TIMEOUT_MILLIS);
        ExportCommand.requireWhole(none, "depth", 0);
        StackException refusal = assertThrows(StackException.class, () -> ExportCommand.requireWhole(none, "depth", 7));
        String said = String.valueOf(refusal.getMessage());
        assertTrue(said.contains("has only 0 of the 7 candidates of study depth that have ended"), said);
    }
}
