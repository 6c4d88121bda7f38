package io.afterlearner.local.cli;

import io.afterlearner.local.cli.console.Console;

/**
 * Adds a command to {@code afterlearner}: a jar on the launcher's class path names its provider under
 * {@code META-INF/services}. The command is a picocli class with a constructor that takes a {@link Console}, or none.
 */
public interface CommandProvider {
    /** The annotated command class. */
    Class<?> command();
}
