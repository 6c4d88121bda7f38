package io.afterlearner.feedback.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecordClockTest {
    private static final long HOUR = 3_600_000;

    @Test
    void whileABacklogIsWorkedOffItIsAsLateAsItsRecords() {
        RecordClock clock = new RecordClock(HOUR);
        clock.saw(1_000, HOUR + 10);
        assertEquals(1_000, clock.millis(HOUR + 10));
        clock.saw(5_000, HOUR + 20);
        assertEquals(5_005, clock.millis(HOUR + 25));
    }

    @Test
    void withoutRecordsItGoesOnWithTheWallClock() {
        RecordClock clock = new RecordClock(HOUR);
        assertTrue(clock.millis(HOUR) < 0, "nothing is known yet");
        assertEquals(HOUR + RecordClock.QUIET_MILLIS, clock.millis(HOUR + RecordClock.QUIET_MILLIS));
        clock.saw(HOUR + 6_000, HOUR + 6_000);
        assertEquals(HOUR + 9_000, clock.millis(HOUR + 9_000));
    }

    @Test
    void neitherAWrongClockNorAnOldRecordMovesItAheadOrBack() {
        RecordClock clock = new RecordClock(HOUR);
        clock.saw(2 * HOUR, HOUR + 10);
        assertEquals(HOUR + 10, clock.millis(HOUR + 10));
        clock.saw(1, HOUR + 20);
        assertEquals(HOUR + 20, clock.millis(HOUR + 20));
    }
}
