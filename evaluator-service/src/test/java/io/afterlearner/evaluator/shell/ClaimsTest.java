package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsTest {

    @ParameterizedTest
    @CsvSource({"100, 25", "2000, 500", "4000, 1000", "86400000, 1000"})
    void anEvaluationIsAnnouncedWhenAQuarterOfItsTimeoutOrASecondHasPassed(long timeoutMillis, long silentMillis) {
        assertEquals(
                Duration.ofMillis(silentMillis), Claims.silence(Duration.ofMillis(timeoutMillis), Duration.ofHours(1)));
    }

    @Test
    void aCandidateThatExpiresSoonIsAnnouncedAtOnce() {
        assertEquals(Duration.ZERO, Claims.silence(Duration.ofSeconds(60), Duration.ofSeconds(3)));
    }
}
