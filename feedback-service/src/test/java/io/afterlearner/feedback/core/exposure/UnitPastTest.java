package io.afterlearner.feedback.core.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnitPastTest {
    private static UnitPast of(int values) {
        UnitPast past = UnitPast.none("s", 1);
        for (int i = 1; i <= values; i++) {
            past = past.plus(i, 100L * i, 1_000);
        }
        return past;
    }

    @Test
    void theMeanIsOfWhatWasOverWhenTheUnitWasDrawn() {
        UnitPast past = of(4);
        assertEquals(2.5, past.before(400));
        assertEquals(2, past.before(399), "without the value that was not over");
        assertEquals(TrackedExposure.NO_PAST, past.before(299), "two were not over");
    }

    @Test
    void fewValuesAreNoPast() {
        assertEquals(TrackedExposure.NO_PAST, of(2).before(1_000));
        assertEquals(2, of(3).before(1_000));
    }

    @Test
    void aUnitThatChangesIsFollowed() {
        UnitPast past = UnitPast.none("s", 1);
        for (int i = 0; i < 1_000; i++) {
            past = past.plus(i < 900 ? 0 : 1, i, 1_000);
        }
        assertEquals(1, past.before(1_000), 0.01);
    }

    @Test
    void itIsKeptForSoLongAfterTheLatestWindow() {
        assertEquals(1_400, of(4).forgottenAtMillis());
    }
}
