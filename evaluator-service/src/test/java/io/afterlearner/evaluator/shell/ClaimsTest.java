package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Sender;
import io.afterlearner.schemas.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    /** For example when a slot does not end within the grace period. */
    @Test
    void anEvaluationThatEndsAfterTheEvaluatorStoppedHarmsNothing() {
        KafkaSettings away = KafkaSettings.of(Map.of("bootstrap.servers", "127.0.0.1:1"));
        Sender.Limits limits = Sender.Limits.nonBlocking(Duration.ofMillis(100), Duration.ZERO);
        try (Sender sender = new Sender(away, "claims-test", limits)) {
            Claims claims = new Claims(sender, "e");
            Candidate candidate = new Candidate("s", 1L, List.of(0.5), 0L, 60_000L, 0L);
            Claims.Held held = claims.take(candidate, 1);
            held.begin(Duration.ZERO);
            claims.announce();
            claims.close();
            assertDoesNotThrow(() -> held.end(false));
        }
    }
}
