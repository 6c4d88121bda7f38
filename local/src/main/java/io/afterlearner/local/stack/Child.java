package io.afterlearner.local.stack;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to keep running.
 *
 * @param name as users know it
 * @param log where it writes what it has to say
 */
record Child(String name, List<String> command, Map<String, String> environment, Path log) {

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        File out = log.toFile();
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out))
                .redirectInput(ProcessBuilder.Redirect.PIPE);
    }
}
