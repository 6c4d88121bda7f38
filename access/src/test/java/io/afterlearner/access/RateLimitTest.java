package io.afterlearner.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private long nanos;

    private RateLimit limit(int max) {
        return new RateLimit(max, Duration.ofSeconds(10), () -> nanos);
    }

    @Test
    void aKeyWaitsForTheNextSpanAfterSoManyUses() {
        RateLimit limit = limit(3);
        nanos = 2_000_000_000L;
        for (int i = 0; i < 3; i++) {
            assertEquals(0, limit.use("a"));
        }
        assertEquals(9, limit.use("a"));
        assertEquals(0, limit.use("b"));
        nanos = 10_000_000_000L;
        assertEquals(0, limit.use("a"));
    }

    /** The memory is the same for any number of keys. */
    @Test
    void aHundredThousandKeysLimitNeitherEachOtherNorLiftTheLimitOfOne() {
        RateLimit limit = limit(10);
        for (int i = 0; i < 10; i++) {
            limit.use("busy");
        }
        for (int i = 0; i < 100_000; i++) {
            assertEquals(0, limit.use("unit " + i));
        }
        assertTrue(limit.use("busy") > 0);
    }
}
