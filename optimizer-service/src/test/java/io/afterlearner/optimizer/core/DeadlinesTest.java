package io.afterlearner.optimizer.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    @Test
    void studiesAreCheckedWhenDue() {
        Deadlines deadlines = new Deadlines();
        deadlines.expect("late", 20);
        deadlines.expect("early", 10);
        deadlines.expect("never", Long.MAX_VALUE);

        assertEquals(List.of(), deadlines.due(9));
        assertEquals(List.of("early"), deadlines.due(10));
        assertEquals(List.of("late"), deadlines.due(1_000));
        assertEquals(List.of(), deadlines.due(Long.MAX_VALUE));
    }

    @Test
    void aCheckedStudyIsCheckedAgainWhenRescheduled() {
        Deadlines deadlines = new Deadlines();
        deadlines.expect("s", 10);
        assertEquals(List.of("s"), deadlines.due(10));
        deadlines.expect("s", 20);
        assertEquals(List.of("s"), deadlines.due(20));
    }

    @Test
    void anEarlierDeadlineReplacesALaterOne() {
        Deadlines deadlines = new Deadlines();
        deadlines.expect("s", 3_600_000);
        deadlines.expect("s", 10);
        assertEquals(List.of("s"), deadlines.due(10));
        assertEquals(List.of(), deadlines.due(3_600_000));
    }

    @Test
    void aStudyScheduledOftenIsQueuedOnce() {
        Deadlines deadlines = new Deadlines();
        for (int i = 0; i < 100; i++) {
            deadlines.expect("s", 10 + i);
        }
        assertEquals(List.of("s"), deadlines.due(1_000));
    }
}
