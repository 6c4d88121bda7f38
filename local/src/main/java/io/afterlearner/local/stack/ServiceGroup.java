package io.afterlearner.local.stack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The supervised child processes of a stack. Thread-safe. */
final class ServiceGroup implements AutoCloseable {
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(50);

    private final List<Supervisor> services = new CopyOnWriteArrayList<>();
    private boolean closed;

    /** @throws StackException once the group is closed */
    synchronized void launch(Child child) {
        if (closed) {
            throw new StackException("stopped while starting");
        }
        services.add(Supervisor.start(child));
    }

    /** @throws StackException if a service fails, or takes too long to become ready after the one before it */
    void awaitReady() throws InterruptedException {
        for (Supervisor service : current()) {
            Child child = service.child();
            if (!Poll.untilTrue(READY_TIMEOUT, POLL, () -> isReady(child))) {
                throw new StackException("the " + child.name() + " is not ready after " + READY_TIMEOUT.toSeconds()
                        + " s; its log " + child.log() + " ends with: " + LogTail.of(child.log()));
            }
            service.markReady();
        }
    }

    private boolean isReady(Child child) throws InterruptedException {
        requireRunning();
        return Health.ready(child.port());
    }

    private synchronized List<Supervisor> current() {
        return List.copyOf(services);
    }

    /** @throws StackException if a service could not be kept running */
    void requireRunning() {
        current().stream()
                .flatMap(service -> service.failure().stream())
                .findFirst()
                .ifPresent(reason -> {
                    throw new StackException(reason);
                });
    }

    boolean isArchiving() {
        return current().stream().anyMatch(service -> service.child().archive().isWrittenAtExit());
    }

    List<StackState.ServiceState> states() {
        return current().stream()
                .map(Supervisor::child)
                .map(child -> new StackState.ServiceState(
                        child.name(), child.port(), child.log().toString()))
                .toList();
    }

    /** Asks all services to end, without waiting. No other can be launched. */
    synchronized void requestStop() {
        closed = true;
        services.forEach(Supervisor::requestStop);
    }

    /** The user waits: no service gets time to write its class archive. Returns at once, also while another thread closes this. */
    void hurry() {
        services.forEach(Supervisor::hurry);
    }

    /** Stops all services together. */
    @Override
    public synchronized void close() {
        requestStop();
        services.forEach(Supervisor::close);
    }
}
