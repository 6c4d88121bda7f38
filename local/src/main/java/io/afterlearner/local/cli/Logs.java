package io.afterlearner.local.cli;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Keeps libraries' logging off the user's terminal. */
final class Logs {
    /** Held, because the LogManager keeps only weak references and would forget the level. */
    private static final Logger ROOT = Logger.getLogger("");

    private Logs() {}

    static void quiet() {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        LogManager.getLogManager().reset();
        ROOT.setLevel(Level.OFF);
    }
}
