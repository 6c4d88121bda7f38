package io.afterlearner.operator.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StudyNameTest {
    private static final String LONG = "x".repeat(70);

    @Test
    void namespaceAndNameAreJoinedByADot() {
        assertEquals("ml.depth", StudyName.of("ml", "depth"));
        assertNotEquals(StudyName.of("a-b", "c"), StudyName.of("a", "b-c"));
    }

    @Test
    void aLongNameKeepsItsBeginningAndGetsADigest() {
        String name = StudyName.of("ml", LONG);
        assertEquals(63, name.length());
        assertTrue(name.matches("ml\\.x+_[0-9a-f]{16}"), name);
        assertNotEquals(name, StudyName.of("ml", LONG + "y"));
    }
}
