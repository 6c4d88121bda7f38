package io.afterlearner.local.cli.console;

/** What is still said where a signal ends the process before this is forgotten. */
public final class Farewell {
    private final Thread hook;

    public Farewell(Runnable said) {
        hook = new Thread(said, "farewell");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: it runs.
            return;
        }
    }
}
