package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestTest {
    private long nanos = Long.MAX_VALUE - 5;
    private int tries;
    private @Nullable String wrong = "disk full";
    private final Rest rest = new Rest(this::retry, () -> nanos);

    private @Nullable String retry() {
        tries++;
        return wrong;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void itIsOverUntilItBegins() {
        assertTrue(rest.isOver());
        assertNull(rest.reason());
        assertEquals(0, tries);
    }

    @Test
    void itTriesAgainEverMoreRarely() {
        rest.begin("disk full");
        for (int i = 0; i < 3_600; i++) {
            assertFalse(rest.isOver());
            pass(Duration.ofSeconds(1));
        }
        assertEquals("disk full", rest.reason());
        assertTrue(tries >= 60 && tries <= 66, "tried " + tries + " times in an hour");
    }

    @Test
    void itEndsWhenTheReasonHasGone() {
        rest.begin("disk full");
        wrong = null;
        assertFalse(rest.isOver());
        pass(Rest.FIRST);
        assertTrue(rest.isOver());
        assertNull(rest.reason());
        pass(Duration.ofHours(1));
        assertTrue(rest.isOver());
        assertEquals(1, tries);
    }
}
