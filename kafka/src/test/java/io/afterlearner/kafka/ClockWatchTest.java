package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private long wallMillis = 1_790_000_000_000L;
    private long nanos;
    private final ClockWatch watch = new ClockWatch(() -> wallMillis, () -> nanos);

    private void passes(long millis) {
        wallMillis += millis;
        nanos += millis * 1_000_000;
    }

    @Test
    void onlyAStepBackCounts() {
        passes(1_000);
        assertEquals(0, watch.back());
        wallMillis += 3_600_000;
        passes(1_000);
        assertEquals(-3_600_000, watch.back());
        wallMillis -= 3_600_000;
        passes(1_000);
        assertEquals(3_600_000, watch.back());
        passes(1_000);
        assertEquals(0, watch.back());
    }

    @Test
    void jumpsOfASecondAreReportedInBothDirections() {
        List<Long> jumps = new ArrayList<>();
        for (long jump : new long[] {900, 1_000, -999, -3_000}) {
            wallMillis += jump;
            watch.look(jumps::add);
        }
        assertEquals(List.of(1_000L, -3_000L), jumps);
    }

    @Test
    void aClockThatRunsTenPercentSlowIsNotTurnedBack() {
        for (int i = 0; i < 1_000; i++) {
            wallMillis += 900;
            nanos += 1_000_000_000;
            assertTrue(watch.back() < ClockWatch.MAX_BACK.toMillis());
        }
    }
}
