package io.afterlearner.local.rolling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of the packaged services.
 *
 * @param name for what is printed
 * @param root the folder with the modules of the services, built
 */
record Release(String name, Path root) {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The version under test. */
    static Release current() {
        return new Release("this version", ROOT);
    }

    /** @param given a folder in which a version is built, or a revision, which is built first if it was not */
    static Release previous(String given) throws IOException, InterruptedException {
        Path folder = Path.of(given);
        if (Files.isDirectory(folder.resolve("optimizer-service"))) {
            return new Release(given, folder.toAbsolutePath());
        }
        return new Release(given, Path.of(said("build-revision", given)));
    }

    /** The latest tag that is not this version; empty if there is none. */
    static String latestTag() throws IOException, InterruptedException {
        return said("latest-release");
    }

    /** The last line that a script of {@code .ci} prints. */
    private static String said(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve(".ci").resolve(script).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed; it said:\n" + output);
        }
        return output.substring(output.lastIndexOf('\n') + 1);
    }
}
