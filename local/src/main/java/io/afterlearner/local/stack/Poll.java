package io.afterlearner.local.stack;

import java.time.Duration;
import java.util.Optional;

/** Waits for a state that nothing announces, by looking again and again. */
public final class Poll {
    /** Empty until there is a value. An exception ends the wait. */
    public interface Look<T> {
        Optional<T> now() throws InterruptedException;
    }

    /** Whether the wait is over. An exception ends it too. */
    public interface Condition {
        boolean holds() throws InterruptedException;
    }

    private Poll() {}

    /** The first value, looking at once and then after each pause; empty if there is none in time. */
    public static <T> Optional<T> until(Duration within, Duration pause, Look<T> look) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        Optional<T> seen = look.now();
        while (seen.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(pause.toMillis());
            seen = look.now();
        }
        return seen;
    }

    /** Like {@link #until}; returns whether the condition held in time. */
    public static boolean untilTrue(Duration within, Duration pause, Condition condition) throws InterruptedException {
        return until(within, pause, () -> condition.holds() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }
}
