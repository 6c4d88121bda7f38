package io.afterlearner.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PollTest {
    private static final Duration PAUSE = Duration.ofMillis(1);

    @Test
    void theFirstValueEndsTheWait() throws InterruptedException {
        Iterator<Optional<Integer>> looks = List.of(Optional.<Integer>empty(), Optional.of(1), Optional.of(2))
                .iterator();
        assertEquals(Optional.of(1), Poll.until(Duration.ofHours(1), PAUSE, looks::next));
    }

    @Test
    void withoutTimeItLooksOnce() throws InterruptedException {
        int[] looks = {0};
        assertEquals(false, Poll.untilTrue(Duration.ZERO, PAUSE, () -> ++looks[0] > 1));
        assertEquals(1, looks[0]);
    }

    @Test
    void anExceptionEndsTheWait() {
        assertThrows(
                StackException.class,
                () -> Poll.until(Duration.ofHours(1), PAUSE, () -> {
                    throw new StackException("a service died");
                }));
    }
}
