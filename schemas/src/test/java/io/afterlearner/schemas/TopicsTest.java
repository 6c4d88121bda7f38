package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    @Test
    void aPoolIsReadFromItsTopicOfCandidates() {
        assertEquals(Optional.of("gpu"), Topics.pool(Topics.candidates("gpu")));
        assertEquals(Optional.empty(), Topics.pool(Topics.FITNESS));
        assertEquals(Optional.empty(), Topics.pool("afterlearner.candidates.NO"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GPU", "a.b", "a/b", "-a", "a b"})
    void anInvalidPoolNameIsRefused(String pool) {
        var e = assertThrows(IllegalArgumentException.class, () -> Topics.candidates(pool));
        assertTrue(String.valueOf(e.getMessage()).contains("a-z, 0-9 and -"));
        assertThrows(IllegalArgumentException.class, () -> Topics.verdictRequests(pool));
    }
}
