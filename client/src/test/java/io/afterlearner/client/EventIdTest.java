package io.afterlearner.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EventIdTest {

    @Test
    void aShortTextIsItsOwnId() {
        assertEquals("order 17 \uD83D\uDE00", EventId.of("order 17 \uD83D\uDE00"));
        assertEquals("x".repeat(64), EventId.of("x".repeat(64)));
    }

    @Test
    void longTextsThatDifferAnywhereHaveDifferentIds() {
        String text = "x".repeat(219);
        assertNotEquals(EventId.of(text + "a"), EventId.of(text + "b"));
        assertNotEquals(EventId.of("a" + text), EventId.of("b" + text));
        assertEquals(EventId.of(text + "a"), EventId.of(text + "a"));
        assertTrue(EventId.of(text).length() > EventId.MAX_CHARACTERS);
    }

    @Test
    void textsWithHalvesOfSurrogatePairsHaveDifferentIds() {
        assertNotEquals(EventId.of("a\uD800"), EventId.of("a\uD801"));
        assertNotEquals(EventId.of("a\uD800"), EventId.of("a?"));
        assertFalse(EventId.isUnicode("\uDE00\uD83D"));
        assertFalse(EventId.isUnicode("\uD83D"));
        assertTrue(EventId.isUnicode("\uD83D\uDE00"));
    }
}
