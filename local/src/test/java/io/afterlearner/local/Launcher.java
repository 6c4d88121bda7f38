package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The launcher script, in a folder of its own with a home. */
class Launcher {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Path folder;

    Launcher(Path folder) {
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
        // For so short a time, the optimizing compiler costs more than it saves.
        builder.environment().put("AFTERLEARNER_OPTS", "-XX:TieredStopAtLevel=1");
        builder.environment().putAll(environment);
        int exit = exit(builder.start());
        return new Output(exit, Files.readString(out).strip(), Files.readString(err));
    }

    /** Waits for the launcher's end. */
    int exit(Process launcher) throws IOException, InterruptedException {
        return launcher.waitFor();
    }

    /** What a command that ends well says. */
    String done(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Output output = run(environment, arguments);
        assertEquals(0, output.exit(), output.out() + output.err());
        return output.out();
    }
}
