package io.afterlearner.local.stack;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.embedded.archive.ClassArchives;
import io.afterlearner.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The running stack: a broker in this process, or the user's, and the services as supervised child processes. No child
 * survives this process, even if it is killed.
 */
public final class Stack implements AutoCloseable {
    private final Home home;
    private final boolean temporary;
    private final ServiceGroup group = new ServiceGroup();
    private final Thread hook = new Thread(this::interrupted, "stop-stack");
    private @Nullable HomeLock lock;
    private @Nullable Broker broker;
    private @Nullable Services services;
    private @Nullable StackState state;
    private boolean stopped;

    private Stack(Home home, boolean temporary) {
        this.home = home;
        this.temporary = temporary;
    }

    /**
     * Starts broker and services and returns once all of them are ready.
     *
     * @throws StackException if the home is in use, a port is taken, or a service does not start
     */
    public static Stack start(Home home, StackSettings settings) throws InterruptedException {
        return new Stack(home, false).begin(stack -> stack.startAll(settings));
    }

    /**
     * Like {@link #start} in a temporary folder, which is removed with the stack unless this process is killed.
     *
     * @param name beginning of the folder's name
     */
    public static Stack startTemporary(String name, StackSettings settings) throws InterruptedException {
        return new Stack(Home.temporary(name), true).begin(stack -> stack.startAll(settings));
    }

    /** Starts the broker alone, to read the topics of past studies. */
    static Stack startBroker(Home home, KafkaSettings kafka) throws InterruptedException {
        StackSettings settings = StackSettings.withoutEvaluators(home.folder(), kafka);
        return new Stack(home, false).begin(stack -> {
            stack.startBroker(settings);
            stack.announce(settings, 0, null);
        });
    }

    private interface Start {
        void run(Stack stack) throws InterruptedException;
    }

    /** Registers the shutdown hook before there is anything to stop. */
    private Stack begin(Start start) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            lockHome();
            start.run(this);
            return this;
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private synchronized void lockHome() {
        requireRunning();
        if (temporary) {
            home.createForOwner();
        }
        lock = HomeLock.hold(home).orElseThrow(() -> inUse(home));
        StackState.remove(home);
    }

    private void requireRunning() {
        if (stopped) {
            throw new StackException("stopped while starting");
        }
    }

    private void startAll(StackSettings settings) throws InterruptedException {
        int httpPort = Ports.claim(settings.httpPort(), "--http-port");
        Integer wanted = settings.feedbackPort();
        @Nullable Integer feedbackPort = wanted == null ? null : Ports.claim(wanted, "--feedback-port");
        Broker started = startBroker(settings);
        Services commands = services(settings, started);
        services = commands;
        group.launch(commands.optimizer(httpPort, home.state("optimizer", started)));
        if (feedbackPort != null) {
            group.launch(commands.feedback(feedbackPort, home.state("feedback", started), keys()));
        }
        for (int i = 1; i <= settings.evaluators(); i++) {
            group.launch(commands.evaluator(i, settings.slots(), settings.pool(), Ports.free()));
        }
        group.awaitReady();
        announce(settings, httpPort, feedbackPort);
    }

    /** {@link #stop} waits until there is a broker to stop. */
    private synchronized Broker startBroker(StackSettings settings) throws InterruptedException {
        requireRunning();
        Broker started = Broker.start(home, settings);
        broker = started;
        started.requireTopics(home, settings.pool());
        return started;
    }

    private Services services(StackSettings settings, Broker started) {
        try {
            Files.createDirectories(home.logs());
            return new Services(settings.root(), home.logs(), ClassArchives.ofProcess(), started.kafka());
        } catch (IOException e) {
            throw new StackException(
                    "cannot write to " + home.logs() + ": " + Refusal.reason(e)
                            + "; free space, or check its permissions",
                    e);
        }
    }

    /** Like {@link Session#alongside}; returns the port. */
    int alongside(String name, String main, List<String> arguments) {
        Services started = Objects.requireNonNull(services, "not started");
        int port = Ports.free();
        group.launch(started.own(name, main, arguments, port).with(keys()));
        return port;
    }

    private Map<String, String> keys() {
        return StackKeys.variables(home, System.getenv());
    }

    private synchronized void announce(StackSettings settings, int httpPort, @Nullable Integer feedbackPort) {
        state = new StackState(
                ProcessHandle.current().pid(),
                settings.shared(),
                System.currentTimeMillis(),
                kafka().bootstrapServers(),
                "http://127.0.0.1:" + httpPort,
                feedbackPort == null ? null : "http://127.0.0.1:" + feedbackPort,
                settings.pool(),
                group.states());
        if (!stopped) {
            state.write(home);
        }
    }

    public Home home() {
        return home;
    }

    /** Its addresses. */
    public synchronized StackState state() {
        return Objects.requireNonNull(state, "not started");
    }

    /** Settings of its Kafka's clients. */
    synchronized KafkaSettings kafka() {
        return Objects.requireNonNull(broker, "not started").kafka();
    }

    boolean isArchiving() {
        return group.isArchiving();
    }

    /** @throws StackException if a service could not be kept running */
    public void requireServices() {
        group.requireRunning();
    }

    /** Like {@link Session#requestStop}. */
    void requestStop() {
        group.requestStop();
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook runs, or has run.
            return;
        }
    }

    /** On Ctrl-C, also if another thread stops this already, and waits for a class archive. */
    private void interrupted() {
        group.hurry();
        stop();
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        group.close();
        if (broker != null) {
            broker.close();
        }
        if (lock != null) {
            StackState.remove(home);
            lock.close();
        }
        if (temporary && !home.remove()) {
            System.err.println("afterlearner: cannot remove " + home.folder() + "; remove it by hand");
        }
    }

    private static StackException inUse(Home home) {
        String who = StackState.running(home)
                .map(running -> "by process " + running.pid())
                .orElse("by a stack that is starting or stopping");
        return new StackException("the data folder " + home.folder() + " is in use " + who
                + "; wait for it, share one stack with " + home.hint("up")
                + ", or choose another folder with --home");
    }
}
