package io.afterlearner.feedback.shell.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Slices of 100, a window of 40, and a study that began at 1,010. */
class DueSlicesTest {
    private static final DueSlices SLICES = new DueSlices(1_010, 100, 40);

    @Test
    void aSliceIsAskedForFromHalfAWindowAfterItsEndUntilTwo() {
        assertEquals(List.of(), SLICES.at(1_319));
        assertEquals(List.of(1_200L), SLICES.at(1_320));
        assertEquals(List.of(1_200L), SLICES.at(1_379));
        assertEquals(List.of(1_300L), SLICES.at(1_420));
    }

    @Test
    void theSliceInWhichTheStudyBeganIsNotWhole() {
        assertEquals(List.of(), SLICES.at(1_150));
        assertEquals(List.of(1_100L), SLICES.at(1_220));
        assertEquals(List.of(1_000L), new DueSlices(1_000, 100, 40).at(1_120));
    }

    @Test
    void afterAPauseOnlySoManySlicesAreCaughtUpWith() {
        List<Long> due = new DueSlices(0, 1, 100_000).at(1_000_000);
        assertEquals(DueSlices.MAX_BEHIND, due.size());
        assertEquals(949_999L, due.get(due.size() - 1));
    }

    @Test
    void aLongWindowDelaysNeitherTheQueryNorTheAlarm() {
        DueSlices slices = new DueSlices(0, 600_000, 30L * 24 * 3_600_000);
        assertEquals(List.of(), slices.at(719_999));
        assertEquals(List.of(0L), slices.at(720_000));
        assertFalse(slices.isOver(0, 4_199_999));
        assertTrue(slices.isOver(0, 4_200_000));
    }

    @Test
    void aSliceIsCountedWhenItsWindowIsOver() {
        assertFalse(SLICES.isOver(1_200, 1_339));
        assertTrue(SLICES.isOver(1_200, 1_340));
    }
}
