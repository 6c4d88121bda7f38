package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.access.Refused;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {
    private final BodyMemory memory = new BodyMemory(100);

    @Test
    void oneClientTakesAtMostHalf() {
        BodyMemory.Share first = memory.share("a");
        BodyMemory.Share second = memory.share("a");
        assertNull(first.take(30));
        assertNull(second.take(20));
        Refused refused = second.take(1);
        assertNotNull(refused);
        assertEquals(429, refused.status());
        first.close();
        assertNull(second.take(30));
    }

    @Test
    void allClientsTakeAtMostAll() {
        for (String client : new String[] {"a", "b", "c"}) {
            assertNull(memory.share(client).take(33));
        }
        Refused refused = memory.share("d").take(2);
        assertNotNull(refused);
        assertEquals(503, refused.status());
    }

    @Test
    void whatIsClosedIsGivenBackOnce() {
        BodyMemory.Share share = memory.share("a");
        assertNull(share.take(50));
        share.close();
        share.close();
        assertNull(share.take(50), "the body is dropped already");
        assertEquals(0, memory.bytes());
    }

    @Test
    void theMemoryHoldsTheLongestBodyOfAClient() {
        assertTrue(RequestGate.buffered(1 << 30, Optional.empty()) >= 4L << 30);
        long least = 2 * (1000 + BodyMemory.BYTES_PER_BODY);
        assertEquals(least, RequestGate.buffered(1000, Optional.of(least)));
        ConfigurationException refusal =
                assertThrows(ConfigurationException.class, () -> RequestGate.buffered(1000, Optional.of(least - 1)));
        assertTrue(refusal.getMessage().endsWith("set at least " + least), refusal.getMessage());
    }
}
