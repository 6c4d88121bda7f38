package io.afterlearner.local.stack;

import io.afterlearner.embedded.archive.ClassArchive;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command of a child process.
 *
 * @param name for messages
 * @param port on which it answers
 * @param log file for its output
 * @param archive class archive that the command uses or makes
 */
record Child(
        String name, int port, List<String> command, Map<String, String> environment, Path log, ClassArchive archive) {
    Child(String name, int port, List<String> command, Map<String, String> environment, Path log) {
        this(name, port, command, environment, log, ClassArchive.NONE);
    }

    Child with(Map<String, String> variables) {
        Map<String, String> more = new TreeMap<>(environment);
        more.putAll(variables);
        return new Child(name, port, command, more, log, archive);
    }

    /** Omits the environment, which may hold a secret. */
    @Override
    public String toString() {
        return name + " " + command;
    }

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.PIPE);
    }
}
