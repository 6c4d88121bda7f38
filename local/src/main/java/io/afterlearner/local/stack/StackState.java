package io.afterlearner.local.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the stack and where it listens, as others read it from the home.
 *
 * @param pid of the launcher, in which the broker runs
 * @param shared whether it was started by {@code up}, for everyone; else for one command
 * @param kafka bootstrap servers
 * @param pool the pool its evaluators work for
 * @param http the optimizer's address, such as {@code http://127.0.0.1:8080}
 * @param feedback the feedback service's address; null where none runs
 */
public record StackState(
        long pid,
        boolean shared,
        long startedAtMillis,
        String kafka,
        String http,
        @Nullable String feedback,
        String pool,
        List<ServiceState> services) {

    /** One supervised service. */
    public record ServiceState(String name, int port, String log) {}

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(15);
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The running stack's state; nothing where none runs or one is still starting. */
    public static Optional<StackState> running(Home home) {
        if (!HomeLock.isHeld(home) || !Files.exists(home.state())) {
            return Optional.empty();
        }
        try {
            StackState state = JSON.readValue(Files.readAllBytes(home.state()), StackState.class);
            boolean alive = ProcessHandle.of(state.pid).isPresent();
            return alive ? Optional.of(state) : Optional.empty();
        } catch (IOException e) {
            throw new StackException("cannot read " + home.state() + ": " + e.getMessage(), e);
        }
    }

    /** Asks the launcher to end with all it runs, and returns once it has. */
    public void stop(Home home) throws InterruptedException {
        Optional<ProcessHandle> launcher = ProcessHandle.of(pid);
        launcher.ifPresent(ProcessHandle::destroy);
        long deadline = System.nanoTime() + STOPS_WITHIN.toNanos();
        while (HomeLock.isHeld(home) || launcher.map(ProcessHandle::isAlive).orElse(false)) {
            if (System.nanoTime() > deadline) {
                // Its children end with it.
                launcher.ifPresent(ProcessHandle::destroyForcibly);
                deadline += STOPS_WITHIN.toNanos();
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    void write(Home home) {
        try {
            Path next = home.folder().resolve("stack.json.next");
            Files.write(next, json());
            Files.move(next, home.state(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("cannot write " + home.state() + ": " + e.getMessage(), e);
        }
    }

    private byte[] json() throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    static void remove(Home home) {
        try {
            Files.deleteIfExists(home.state());
        } catch (IOException e) {
            throw new StackException("cannot remove " + home.state() + ": " + e.getMessage(), e);
        }
    }
}
