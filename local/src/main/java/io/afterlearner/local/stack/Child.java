package io.afterlearner.local.stack;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A process to keep running.
 *
 * @param name as users know it
 * @param log where it writes what it has to say
 */
record Child(String name, List<String> command, Map<String, String> environment, Path log) {

    /** The same with one more variable in its environment. */
    Child with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return new Child(name, command, more, log);
    }

    /** Without the environment, which may hold a secret. */
    @Override
    public String toString() {
        return name + " " + command;
    }

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        File out = log.toFile();
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out))
                .redirectInput(ProcessBuilder.Redirect.PIPE);
    }
}
