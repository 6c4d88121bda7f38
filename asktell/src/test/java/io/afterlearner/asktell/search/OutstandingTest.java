package io.afterlearner.asktell.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutstandingTest {

    @Test
    void theOldestAskIsDroppedAtTheLimit() {
        Outstanding<String> outstanding = new Outstanding<>();
        for (int number = 0; number < Outstanding.MAX_NUMBERS; number++) {
            assertFalse(outstanding.add(number, "a" + number));
        }
        assertEquals("a5", outstanding.remove(5));
        assertFalse(outstanding.add(100, "b"));
        assertTrue(outstanding.add(101, "c"));
        assertNull(outstanding.remove(0));
        assertEquals(Outstanding.MAX_NUMBERS, outstanding.size());
        assertEquals(List.of("a1", "a2"), List.copyOf(outstanding.all()).subList(0, 2));
    }
}
