package io.afterlearner.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.report.result.History;
import io.afterlearner.report.result.HistoryEntry;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static TrialEvent event(long sequence, long atMillis, TrialEventType type, long number) {
        return TrialEvent.newBuilder()
                .setStudy("s")
                .setSequence(sequence)
                .setAtMillis(atMillis)
                .setType(type)
                .setNumber(number)
                .setValues(List.of())
                .setLoss(type == TrialEventType.TOLD ? 1.0 : null)
                .build();
    }

    @Test
    void foldsEventsToOneEntryPerCandidate() {
        History history = History.of(
                List.of(
                        event(0, 0, TrialEventType.CREATED, -1),
                        event(1, 10, TrialEventType.ASKED, 0),
                        event(2, 10, TrialEventType.ASKED, 1),
                        event(3, 20, TrialEventType.ASKED, 2),
                        event(4, 30, TrialEventType.TOLD, 0),
                        event(5, 40, TrialEventType.EXPIRED, 1),
                        event(6, 50, TrialEventType.FAILED, 2)),
                1000);
        assertEquals(3, history.entries().size());
        assertEquals(1, history.count(HistoryEntry.Status.TOLD));
        assertEquals(1, history.count(HistoryEntry.Status.EXPIRED));
        assertEquals(1, history.count(HistoryEntry.Status.FAILED));
    }

    @Test
    void anEventReadTwiceCountsOnce() {
        TrialEvent asked = event(0, 0, TrialEventType.ASKED, 0);
        TrialEvent told = event(1, 5, TrialEventType.TOLD, 0);
        assertEquals(
                1, History.of(List.of(asked, told, asked, told), 1000).entries().size());
    }

    @Test
    void timeInWhichNothingRanIsNotActiveTime() {
        History history = History.of(
                List.of(
                        event(0, 0, TrialEventType.ASKED, 0),
                        event(1, 400, TrialEventType.TOLD, 0),
                        event(2, 86_400_000, TrialEventType.ASKED, 1),
                        event(3, 86_400_300, TrialEventType.TOLD, 1)),
                1000);
        assertEquals(700, history.activeMillis());
    }
}
