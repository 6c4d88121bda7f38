package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StudyClockTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private long wallMillis = 100 * HOUR;
    private long nanos;

    private StudyClock clock(long latestMillis) {
        return new StudyClock(() -> wallMillis, () -> nanos, latestMillis);
    }

    private void passes(long millis) {
        wallMillis += millis;
        nanos += millis * 1_000_000;
    }

    private static void assertNear(long expected, long actual, long most) {
        assertTrue(Math.abs(actual - expected) <= most, actual + " instead of " + expected);
    }

    @Test
    void itFollowsAWallClockThatDoesNotJump() {
        StudyClock clock = clock(0);
        for (int i = 0; i < 100; i++) {
            passes(1_234);
            assertNear(wallMillis, clock.millis(), 1);
        }
    }

    @Test
    void aJumpOfAnHourChangesAMinuteByAtMostSixSeconds() {
        for (long jump : new long[] {HOUR, -HOUR}) {
            StudyClock clock = clock(0);
            long before = clock.millis();
            wallMillis += jump;
            long after = before;
            for (int i = 0; i < 1_200; i++) {
                passes(50);
                assertTrue(clock.millis() >= after);
                after = clock.millis();
            }
            assertNear(60_000, after - before, 6_001);
            assertNear(wallMillis - after, clock.offsetMillis(), 1);
        }
    }

    @Test
    void itCatchesUpWithinTenTimesTheJump() {
        StudyClock clock = clock(0);
        clock.millis();
        wallMillis += HOUR;
        for (long passed = 0; passed < 10 * HOUR; passed += 60_000) {
            passes(60_000);
            clock.millis();
        }
        assertNear(0, clock.offsetMillis(), 1);
    }

    @Test
    void itFollowsADriftOfTenPercent() {
        StudyClock clock = clock(0);
        for (int i = 0; i < 1_000; i++) {
            wallMillis += 1_100;
            nanos += 1_000_000_000;
            assertNear(wallMillis, clock.millis(), 1);
        }
    }

    @Test
    void afterARestartStudiesGoOnWhereTheyWereIfTheWallClockIsBehind() {
        long latest = wallMillis + HOUR;
        StudyClock clock = clock(latest);
        passes(10_000);
        assertNear(latest + 9_000, clock.millis(), 1);
    }
}
