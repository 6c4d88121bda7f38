package io.afterlearner.local.stack;

import io.afterlearner.embedded.archive.ClassArchives;
import io.afterlearner.kafka.KafkaSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts a launcher process that keeps running after this one. */
public final class Detached {
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final String MAIN = "io.afterlearner.local.cli.Main";

    private Detached() {}

    /**
     * Starts this program with other arguments and returns once its stack is ready. If this process ends earlier, the new
     * one ends too. Kafka settings are passed in the environment, which process lists do not show.
     */
    public static StackState start(Home home, KafkaSettings kafka, List<String> arguments) throws InterruptedException {
        home.create();
        Path log = home.logs().resolve("stack.log");
        Process launcher = launch(log, kafka, arguments);
        Thread abandon = new Thread(launcher::destroy, "abandon-stack");
        Runtime.getRuntime().addShutdownHook(abandon);
        StackState ready = awaitReady(home, launcher, log);
        Runtime.getRuntime().removeShutdownHook(abandon);
        return ready;
    }

    private static Process launch(Path log, KafkaSettings kafka, List<String> arguments) {
        List<String> command = new ArrayList<>();
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            // In a session of its own, neither Ctrl-C nor a hang-up of the terminal reaches it.
            command.add(setsid.toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ClassArchives.ofProcess().forLauncher());
        command.addAll(Services.compiler());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                Services.LANGUAGE,
                "-Xmx512m",
                "-Dafterlearner.root=" + System.getProperty("afterlearner.root", ""),
                "-Dafterlearner.command=" + System.getProperty("afterlearner.command", "./afterlearner"),
                "-cp",
                System.getProperty("java.class.path"),
                MAIN));
        command.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(kafka.environment());
            return builder.redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new StackException("the stack cannot be started: " + e.getMessage(), e);
        }
    }

    private static StackState awaitReady(Home home, Process launcher, Path log) throws InterruptedException {
        Optional<StackState> ready = Poll.until(READY_TIMEOUT, LOOK_EVERY, () -> {
            Optional<StackState> state = StackState.running(home).filter(s -> s.pid() == launcher.pid());
            if (state.isEmpty() && !launcher.isAlive()) {
                throw new StackException("the stack did not start: " + LogTail.lastLine(log));
            }
            return state;
        });
        return ready.orElseThrow(() -> {
            launcher.destroy();
            return new StackException("the stack is not ready after " + READY_TIMEOUT.toSeconds() + " s; see " + log);
        });
    }
}
