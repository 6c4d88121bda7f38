package io.afterlearner.k8s.containers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs podman. The variable PODMAN holds the command and its global options. */
final class Podman {
    private static final List<String> COMMAND =
            List.of(System.getenv().getOrDefault("PODMAN", "podman").split(" +"));
    private static final long TIMEOUT_SECONDS = 300;

    /** @param out what it printed on standard output */
    record Result(int exit, String out, String err) {}

    private Podman() {}

    /** Fails unless the exit code is 0. Returns what was printed, without the end of its last line. */
    static String run(String... arguments) throws IOException, InterruptedException {
        Result result = tryTo(Map.of(), List.of(arguments));
        if (result.exit() != 0) {
            throw new IOException("podman " + String.join(" ", arguments) + ": " + result.err());
        }
        return result.out().strip();
    }

    /** @param environment variables of podman itself, which {@code --env NAME} passes on: secrets stay out of the process list */
    static Result tryTo(Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(arguments);
        return execute(environment, command);
    }

    /** Runs another command, which must succeed, and returns what it printed. */
    static String execute(List<String> command) throws IOException, InterruptedException {
        Result result = execute(Map.of(), command);
        if (result.exit() != 0) {
            throw new IOException(command.get(0) + ": " + result.err());
        }
        return result.out();
    }

    /** Runs another command, whatever its exit code. */
    static Result execute(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command.get(0) + " did not end within " + TIMEOUT_SECONDS + " s");
        }
        return new Result(process.exitValue(), out.join(), err.join());
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
