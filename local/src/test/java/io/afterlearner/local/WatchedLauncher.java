package io.afterlearner.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The launcher script in a folder of its own, with the command lines of all processes that it started. */
final class WatchedLauncher {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Path folder;
    private final Set<String> commandLines = new TreeSet<>();

    WatchedLauncher(Path folder) {
        this.folder = folder;
    }

    record Output(int exit, String out, String err) {}

    Output run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("afterlearner").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", folder.resolve("home").toString()));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process launcher = builder.start();
        do {
            noteCommandLines(launcher.toHandle());
        } while (!launcher.waitFor(50, TimeUnit.MILLISECONDS));
        return new Output(launcher.exitValue(), Files.readString(out).strip(), Files.readString(err));
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
