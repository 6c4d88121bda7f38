package io.afterlearner.local.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.schemas.StudySpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process and the addresses of a running stack. It is kept in the home, where other processes read it.
 *
 * @param pid the launcher's, which also runs the broker
 * @param shared whether {@code up} started it, for everyone; else it is for one command
 * @param kafka bootstrap servers
 * @param http the optimizer's address, such as {@code http://127.0.0.1:8080}
 * @param feedback the feedback service's address; null if there is none
 * @param pool the pool of its evaluators
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

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final String SPACE = "; free space, or check the folder's permissions";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The state of the running stack; empty if none runs, or it is still starting. */
    public static Optional<StackState> running(Home home) {
        if (!HomeLock.isHeld(home) || !Files.exists(home.state())) {
            return Optional.empty();
        }
        try {
            StackState state = JSON.readValue(Files.readAllBytes(home.state()), StackState.class);
            boolean alive = ProcessHandle.of(state.pid).isPresent();
            return alive ? Optional.of(state) : Optional.empty();
        } catch (IOException e) {
            throw new StackException(
                    "cannot read " + home.state() + ": " + Refusal.reason(e) + "; check its permissions", e);
        }
    }

    /** Services of which only the optimizer's address is known. */
    static StackState elsewhere(String kafka, URI optimizer) {
        return new StackState(0, true, 0, kafka, optimizer.toString().replaceAll("/+$", ""), null, "", List.of());
    }

    boolean isElsewhere() {
        return pid == 0;
    }

    /**
     * Stops the launcher and all its children, by force if they do not end in time.
     *
     * @throws StackException if even that takes too long
     */
    public void stop(Home home) throws InterruptedException {
        Optional<ProcessHandle> launcher = ProcessHandle.of(pid);
        Poll.Condition ended = () ->
                !HomeLock.isHeld(home) && !launcher.map(ProcessHandle::isAlive).orElse(false);
        launcher.ifPresent(ProcessHandle::destroy);
        if (!Poll.untilTrue(STOP_TIMEOUT, LOOK_EVERY, ended)) {
            // Its children end with it.
            launcher.ifPresent(ProcessHandle::destroyForcibly);
            if (!Poll.untilTrue(STOP_TIMEOUT, LOOK_EVERY, ended)) {
                throw new StackException("process " + pid + " does not end; end it by hand");
            }
        }
    }

    /** @throws StackException if the stack's evaluators are of another pool, or an online study finds no feedback service */
    void requireServing(StudySpec spec, Home home) {
        if (spec.getOnline() != null) {
            if (feedback == null) {
                throw new StackException(
                        "the running stack has no feedback service, which online studies need; wait for the command"
                                + " that runs it, or start a stack that has one with " + home.hint("up"));
            }
            return;
        }
        String wanted = spec.getEvaluation().getPool();
        if (!pool.equals(wanted)) {
            throw new StackException("the running stack serves pool " + pool + " but the study uses pool " + wanted
                    + "; stop it with " + home.hint("down") + ", or change evaluation.pool");
        }
    }

    void write(Home home) {
        try {
            Path next = home.folder().resolve("stack.json.next");
            Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
            Files.move(next, home.state(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("cannot write " + home.state() + ": " + Refusal.reason(e) + SPACE, e);
        }
    }

    static void remove(Home home) {
        try {
            Files.deleteIfExists(home.state());
        } catch (IOException e) {
            throw new StackException("cannot remove " + home.state() + ": " + Refusal.reason(e) + SPACE, e);
        }
    }
}
