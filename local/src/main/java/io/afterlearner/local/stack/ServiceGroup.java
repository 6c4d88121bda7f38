package io.afterlearner.local.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The supervised child processes of a stack, each with the port it answers on. Thread-safe. */
final class ServiceGroup implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 50;

    private record Service(Supervisor supervisor, int port) {}

    private final List<Service> services = new ArrayList<>();
    private boolean closed;

    /** @throws StackException once the group is closed */
    synchronized void launch(Child child, int port) {
        if (closed) {
            throw new StackException("stopped while starting");
        }
        services.add(new Service(Supervisor.start(child), port));
    }

    /** @throws StackException if a service fails or is not ready in time */
    void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        for (Service service : current()) {
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

    private synchronized List<Service> current() {
        return List.copyOf(services);
    }

    /** Why a service could not be kept running, if one could not. */
    Optional<String> failure() {
        return current().stream()
                .flatMap(service -> service.supervisor().failure().stream())
                .findFirst();
    }

    List<StackState.ServiceState> states() {
        return current().stream()
                .map(service -> {
                    Child child = service.supervisor().child();
                    return new StackState.ServiceState(
                            child.name(), service.port(), child.log().toString());
                })
                .toList();
    }

    /** Stops all services together. */
    @Override
    public synchronized void close() {
        closed = true;
        services.forEach(service -> service.supervisor().requestStop());
        services.forEach(service -> service.supervisor().close());
    }
}
