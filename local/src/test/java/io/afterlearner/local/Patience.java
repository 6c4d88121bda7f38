package io.afterlearner.local;

import java.util.concurrent.TimeUnit;

/**
 * Waits for what must happen within some minutes.
 *
 * <pre>{@code
 * Patience patience = Patience.with("study shop");
 * while (!isServed()) {
 *     patience.waitOrFail("is not served");
 * }
 * }</pre>
 */
public final class Patience {
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final long PAUSE_MILLIS = 50;

    private final String what;
    private final long end = System.nanoTime() + LIMIT_NANOS;

    private Patience(String what) {
        this.what = what;
    }

    /** @param what begins the message of a failure */
    public static Patience with(String what) {
        return new Patience(what);
    }

    /** Waits a moment, or fails once the time is over. */
    public void waitOrFail(String problem) throws InterruptedException {
        if (System.nanoTime() > end) {
            throw new AssertionError(what + " " + problem);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
}
