package io.afterlearner.operator;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition, and says what was seen last if it does not come. */
public final class Waiting {
    private Waiting() {}

    public static <T> T until(Duration within, Supplier<T> look, Predicate<T> wanted) {
        long end = System.nanoTime() + within.toNanos();
        T seen = look.get();
        while (!wanted.test(seen)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + within + "; last: " + seen);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            seen = look.get();
        }
        return seen;
    }
}
