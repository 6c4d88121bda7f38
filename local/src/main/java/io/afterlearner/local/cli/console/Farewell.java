package io.afterlearner.local.cli.console;

import org.jspecify.annotations.Nullable;

/** A message that is printed if a signal ends the process before {@link #forget}. Only the latest of several is printed. */
public final class Farewell {
    private static volatile @Nullable Farewell latest;

    private final @Nullable Farewell outer = latest;
    private final Thread hook;

    public Farewell(Runnable message) {
        hook = new Thread(
                () -> {
                    if (latest == this) {
                        message.run();
                    }
                },
                "farewell");
        Runtime.getRuntime().addShutdownHook(hook);
        latest = this;
    }

    /** Whether a signal or an exit is ending the process. */
    public static boolean isBegun() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            return !Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Ends its turn: a signal from now on does not print it. */
    public void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            latest = outer;
        } catch (IllegalStateException e) {
            // The process is ending, so the message is printed.
            return;
        }
    }
}
