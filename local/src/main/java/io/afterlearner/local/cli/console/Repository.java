package io.afterlearner.local.cli.console;

import io.afterlearner.local.stack.StackException;
import java.nio.file.Path;

/** The folder in which the services were built. The launcher script passes it. */
public final class Repository {
    private Repository() {}

    public static Path root() {
        String root = System.getProperty("afterlearner.root");
        if (root == null) {
            throw new StackException("-Dafterlearner.root is not set; start with the afterlearner script");
        }
        return Path.of(root).toAbsolutePath().normalize();
    }
}
