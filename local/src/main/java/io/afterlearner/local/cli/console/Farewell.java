package io.afterlearner.local.cli.console;

/** A message that is printed if a signal ends the process before {@link #forget}. */
public final class Farewell {
    private final Thread hook;

    public Farewell(Runnable message) {
        hook = new Thread(message, "farewell");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, so the message is printed.
            return;
        }
    }
}
