package io.afterlearner.local.cli.console;

import io.afterlearner.local.stack.StackException;
import java.nio.file.Path;

/** Where the services were built: the launcher script says it. */
public final class Repository {
    private static final String PROPERTY = "afterlearner.root";

    private Repository() {}

    public static Path root() {
        String root = System.getProperty(PROPERTY);
        if (root == null) {
            throw new StackException("-D" + PROPERTY + " is not set; start with the afterlearner script");
        }
        return Path.of(root).toAbsolutePath().normalize();
    }
}
