package io.afterlearner.local.stack;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * The running stack: a broker in this process, the services as supervised children. Closing it, and the end of this
 * process however it comes, leaves no process behind.
 */
public final class Stack implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration BROKER_STOPS_WITHIN = Duration.ofSeconds(4);
    private static final long POLL_MILLIS = 50;
    private static final int PARTITIONS = 1;

    /** A supervised service and the port it answers on. */
    private record Service(Supervisor supervisor, int port) {}

    private final Home home;
    private final boolean passing;
    private final List<Service> services = new ArrayList<>();
    private final Thread hook = new Thread(this::stop, "stop-stack");
    private @Nullable HomeLock lock;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable Services commands;
    private @Nullable StackState state;
    private boolean stopped;

    private Stack(Home home, boolean passing) {
        this.home = home;
        this.passing = passing;
    }

    /**
     * Starts broker and services and returns once all of them are ready.
     *
     * @throws StackException if the home is in use, a port is taken, or a service does not come up
     */
    public static Stack start(Home home, StackSettings settings) throws InterruptedException {
        return new Stack(home, false).begun(stack -> stack.startAll(settings));
    }

    /**
     * The same on a temporary folder of its own, which goes when the stack does: with {@link #close}, and with this
     * process, unless that is killed.
     *
     * @param name that the folder's begins with
     */
    public static Stack startPassing(String name, StackSettings settings) throws InterruptedException {
        return new Stack(Home.passing(name), true).begun(stack -> stack.startAll(settings));
    }

    /** Starts the broker alone, to read what past studies left. */
    static Stack startBroker(Home home) throws InterruptedException {
        StackSettings settings = StackSettings.withoutEvaluators(home.folder());
        return new Stack(home, false).begun(stack -> {
            StackState.remove(home);
            stack.announce(settings, stack.startBroker(settings), 0, null);
        });
    }

    private interface Start {
        void of(Stack stack) throws InterruptedException;
    }

    /** Whatever comes between, nothing is left: who stops it is there before there is anything to stop. */
    private Stack begun(Start start) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            hold();
            start.of(this);
            return this;
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private synchronized void hold() {
        goOn();
        if (passing) {
            home.createForOwner();
        }
        lock = HomeLock.tryHold(home).orElseThrow(() -> inUse(home));
    }

    private void goOn() {
        if (stopped) {
            throw new StackException("stopped while starting");
        }
    }

    private void startAll(StackSettings settings) throws InterruptedException {
        StackState.remove(home);
        int httpPort = Ports.claim(settings.httpPort(), "--http-port");
        @Nullable Integer feedbackPort = feedbackPort(settings);
        String bootstrap = startBroker(settings);
        Services started = services(settings, bootstrap);
        commands = started;
        launch(started.optimizer(httpPort), httpPort);
        if (feedbackPort != null) {
            launch(started.feedback(feedbackPort, home.feedback(), TokenSecret.of(home)), feedbackPort);
        }
        for (int i = 1; i <= settings.evaluators(); i++) {
            int port = Ports.free();
            launch(started.evaluator(i, settings.slots(), settings.pool(), port), port);
        }
        awaitReady();
        announce(settings, bootstrap, httpPort, feedbackPort);
    }

    private static @Nullable Integer feedbackPort(StackSettings settings) {
        @Nullable Integer wanted = settings.feedbackPort();
        return wanted == null ? null : Ports.claim(wanted, "--feedback-port");
    }

    /** Who stops the stack waits until there is a broker to stop. */
    private synchronized String startBroker(StackSettings settings) throws InterruptedException {
        goOn();
        int port = Ports.claim(settings.kafkaPort(), "--kafka-port");
        try {
            EmbeddedKafka started = EmbeddedKafka.start(home.kafka(), port);
            kafka = started;
            String bootstrap = started.bootstrapServers();
            try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
                Topics.create(admin, PARTITIONS, (short) 1, List.of(settings.pool()));
            }
            return bootstrap;
        } catch (IOException e) {
            throw new StackException("the broker does not start: " + e.getMessage(), e);
        }
    }

    private Services services(StackSettings settings, String bootstrap) {
        try {
            return new Services(settings.root(), home.logs(), ParentWatch.writeJar(home.logs()), bootstrap);
        } catch (IOException e) {
            throw new StackException("cannot write to " + home.logs() + ": " + e.getMessage(), e);
        }
    }

    private synchronized void launch(Child child, int port) {
        goOn();
        services.add(new Service(Supervisor.start(child), port));
    }

    /**
     * Runs a main class of this process's own class path beside the services, until the stack ends: it gets these arguments
     * and {@code port=}, and the tokens' secret in its environment.
     *
     * @return the port it was given
     */
    int alongside(String name, String main, List<String> arguments) {
        Services started = commands;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        int port = Ports.free();
        launch(started.own(name, main, arguments, port).with(TokenSecret.VARIABLE, TokenSecret.of(home)), port);
        return port;
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        for (Service service : List.copyOf(services)) {
            while (!Health.ready(service.port())) {
                failure().ifPresent(reason -> {
                    throw new StackException(reason);
                });
                if (System.nanoTime() > deadline) {
                    Child child = service.supervisor().child();
                    throw new StackException("the " + child.name() + " is not ready after " + READY_WITHIN.toSeconds()
                            + " s; its log " + child.log() + " ends with: " + LogTail.of(child.log()));
                }
                Thread.sleep(POLL_MILLIS);
            }
            service.supervisor().markReady();
        }
    }

    private synchronized void announce(
            StackSettings settings, String bootstrap, int httpPort, @Nullable Integer feedbackPort) {
        state = new StackState(
                ProcessHandle.current().pid(),
                settings.shared(),
                System.currentTimeMillis(),
                bootstrap,
                "http://127.0.0.1:" + httpPort,
                feedbackPort == null ? null : "http://127.0.0.1:" + feedbackPort,
                settings.pool(),
                services.stream().map(Stack::describe).toList());
        if (!stopped) {
            state.write(home);
        }
    }

    private static StackState.ServiceState describe(Service service) {
        Child child = service.supervisor().child();
        return new StackState.ServiceState(
                child.name(), service.port(), child.log().toString());
    }

    /** The folder with all it keeps. */
    public Home home() {
        return home;
    }

    /** Where it listens. */
    public synchronized StackState state() {
        if (state == null) {
            throw new IllegalStateException("not started");
        }
        return state;
    }

    /** Why a service could not be kept running, if one could not. */
    public synchronized Optional<String> failure() {
        return services.stream()
                .flatMap(service -> service.supervisor().failure().stream())
                .findFirst();
    }

    /** Times a service was started again, all together. */
    public synchronized int restarts() {
        return services.stream()
                .mapToInt(service -> service.supervisor().restarts())
                .sum();
    }

    /** Process ids of the services that run now. */
    public synchronized List<Long> pids() {
        return services.stream().map(service -> service.supervisor().pid()).toList();
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down already: the hook runs, or has run.
            return;
        }
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        services.forEach(service -> service.supervisor().requestStop());
        services.forEach(service -> service.supervisor().close());
        stopBroker();
        HomeLock held = lock;
        if (held != null) {
            StackState.remove(home);
            held.close();
        }
        if (passing && !home.remove()) {
            System.err.println("afterlearner: left behind: " + home.folder());
        }
    }

    private void stopBroker() {
        EmbeddedKafka broker = kafka;
        if (broker == null) {
            return;
        }
        try {
            CompletableFuture.runAsync(broker::close).get(BROKER_STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It recovers its log at the next start, as after a crash.
            System.err.println("the broker did not stop cleanly: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static StackException inUse(Home home) {
        String who = StackState.running(home)
                .map(running -> "by process " + running.pid())
                .orElse("by a stack that is starting or stopping");
        return new StackException("the data folder " + home.folder() + " is in use " + who
                + "; wait for it, share one stack with ./afterlearner up, or choose another folder with --home");
    }
}
