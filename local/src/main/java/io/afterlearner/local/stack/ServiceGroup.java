package io.afterlearner.local.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The supervised child processes of a stack and their ports. Thread-safe. */
final class ServiceGroup implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(50);

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

    /** @throws StackException if a service fails, or takes too long to become ready after the one before it */
    void awaitReady() throws InterruptedException {
        for (Service service : current()) {
            if (!Poll.untilTrue(READY_WITHIN, POLL, () -> isReady(service))) {
                Child child = service.supervisor().child();
                throw new StackException("the " + child.name() + " is not ready after " + READY_WITHIN.toSeconds()
                        + " s; its log " + child.log() + " ends with: " + LogTail.of(child.log()));
            }
            service.supervisor().markReady();
        }
    }

    private boolean isReady(Service service) throws InterruptedException {
        requireRunning();
        return Health.ready(service.port());
    }

    private synchronized List<Service> current() {
        return List.copyOf(services);
    }

    /** @throws StackException if a service could not be kept running */
    void requireRunning() {
        current().stream()
                .flatMap(service -> service.supervisor().failure().stream())
                .findFirst()
                .ifPresent(reason -> {
                    throw new StackException(reason);
                });
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
