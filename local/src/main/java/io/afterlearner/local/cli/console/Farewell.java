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

    /** Prints nothing; its {@link #forget} says whether the process is ending. */
    public static Farewell silent() {
        return new Farewell(() -> {});
    }

    /**
     * Ends its turn: a signal from now on does not print it.
     *
     * @return false if that is too late, because the process is ending
     */
    public boolean forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            latest = outer;
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
