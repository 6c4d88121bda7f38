package io.afterlearner.feedback.shell.ripening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecordClockTest {
    private static final long HOUR = 3_600_000;

    @Test
    void duringABacklogTheClockFollowsTheRecords() {
        RecordClock clock = new RecordClock(HOUR);
        clock.saw(1_000, HOUR + 10);
        assertEquals(1_000, clock.millis());
        clock.saw(5_000, HOUR + 20);
        assertEquals(5_000, clock.millis());
    }

    @Test
    void afterAPauseTheWaitingRecordsArriveBeforeTheClockMoves() {
        RecordClock clock = new RecordClock(HOUR);
        clock.saw(HOUR + 1_000, HOUR + 1_000);
        clock.tick(HOUR + 1_000);
        clock.tick(HOUR + 20_000);
        assertEquals(HOUR + 1_000 + RecordClock.MAX_TICK_MILLIS, clock.millis());
    }

    @Test
    void aLastingBacklogIsNotOvertakenByTheWallClock() {
        RecordClock clock = new RecordClock(HOUR);
        long behind = 5_000;
        for (long wall = HOUR; wall <= HOUR + 60_000; wall += 250) {
            clock.saw(wall - behind, wall);
            clock.tick(wall);
            assertTrue(clock.millis() <= wall - behind + RecordClock.MAX_TICK_MILLIS, clock.millis() + " at " + wall);
        }
    }

    @Test
    void recordsOutOfOrderDoNotStopTheClock() {
        RecordClock clock = new RecordClock(HOUR);
        clock.saw(HOUR, HOUR);
        for (long wall = HOUR; wall <= HOUR + 10_000; wall += 250) {
            clock.saw(1_000, wall);
            clock.tick(wall);
        }
        assertEquals(HOUR + 10_000, clock.millis());
    }

    @Test
    void withoutRecordsTheClockCatchesUpWithTheWallClock() {
        RecordClock clock = new RecordClock(HOUR);
        clock.tick(HOUR);
        assertTrue(clock.millis() < 0, "nothing is known yet");
        clock.tick(HOUR + RecordClock.QUIET_MILLIS);
        assertEquals(HOUR + RecordClock.QUIET_MILLIS, clock.millis());

        RecordClock behind = new RecordClock(HOUR);
        behind.saw(HOUR - 10_000, HOUR);
        for (long wall = HOUR; wall <= HOUR + 10_000; wall += 250) {
            behind.tick(wall);
            assertTrue(behind.millis() <= wall);
        }
        assertEquals(HOUR + 10_000, behind.millis());
    }

    @Test
    void theClockCatchesUpAtTwiceTheSpeedOfTime() {
        RecordClock clock = new RecordClock(HOUR);
        clock.saw(1_000, HOUR);
        clock.tick(HOUR);
        assertEquals(1_000, clock.millis(), "there was a record: more may wait");
        clock.tick(HOUR + 100);
        assertEquals(1_200, clock.millis());
        clock.tick(HOUR + 150);
        assertEquals(1_300, clock.millis());
    }

    @Test
    void timestampsInTheFutureOrThePastDoNotMoveTheClock() {
        RecordClock clock = new RecordClock(HOUR);
        clock.saw(2 * HOUR, HOUR + 10);
        assertEquals(HOUR + 10, clock.millis());
        clock.saw(1, HOUR + 20);
        assertEquals(HOUR + 10, clock.millis());
        clock.tick(HOUR - 500);
        assertEquals(HOUR + 10, clock.millis());
    }

    @Test
    void afterTheWallClockIsTurnedBackTheClockFollowsIt() {
        RecordClock clock = new RecordClock(HOUR);
        clock.saw(HOUR, HOUR);
        assertEquals(0, clock.follow(HOUR - RecordClock.MAX_AHEAD_MILLIS));
        assertEquals(HOUR - 5_000, clock.follow(5_000));
        assertEquals(5_000, clock.millis());
        clock.saw(HOUR, 5_000);
        assertEquals(5_000, clock.millis());
        for (long wall = 5_000; wall <= 10_000; wall += 250) {
            clock.tick(wall);
        }
        assertEquals(10_000, clock.millis());
    }
}
