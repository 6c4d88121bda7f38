package io.afterlearner.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A launcher with the command lines of all processes that it started. */
final class WatchedLauncher extends Launcher {
    private final Set<String> commandLines = new TreeSet<>();

    WatchedLauncher(Path folder) {
        super(folder);
    }

    @Override
    int exit(Process launcher) throws IOException, InterruptedException {
        do {
            noteCommandLines(launcher.toHandle());
        } while (!launcher.waitFor(50, TimeUnit.MILLISECONDS));
        return launcher.exitValue();
    }

    private void noteCommandLines(ProcessHandle process) throws IOException {
        for (ProcessHandle each :
                Stream.concat(Stream.of(process), process.descendants()).toList()) {
            try {
                commandLines.add(Files.readString(Path.of("/proc", Long.toString(each.pid()), "cmdline")));
            } catch (NoSuchFileException e) {
                // It has ended.
            }
        }
    }

    /** Of the launcher and its descendants so far. */
    Set<String> commandLines() {
        return Set.copyOf(commandLines);
    }
}
