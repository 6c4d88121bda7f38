package io.afterlearner.local.cli.console;

import io.afterlearner.local.stack.StackException;
import java.nio.file.Path;

/** The folder in which the services were built. The launcher script passes it. */
public final class Repository {
    private Repository() {}

    public static Path root() {
        String root = System.getProperty("afterlearner.root");
        if (root == null) {
            throw new StackException(
                    "this command starts the services, which only AfterLearner's repository contains; run"
                            + " ./afterlearner there, or use services that run already, with study create --optimizer URL");
        }
        return Path.of(root).toAbsolutePath().normalize();
    }
}
