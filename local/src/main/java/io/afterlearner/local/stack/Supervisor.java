package io.afterlearner.local.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Restarts a child process whenever it dies, until it is stopped or dies too often. */
final class Supervisor implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** For a child that writes its class archive, once after each build. */
    private static final Duration ARCHIVING_GRACE = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(100);

    private final Child child;
    private final Backoff backoff = new Backoff();
    private final Thread thread;
    private @Nullable Process process;
    private @Nullable String failure;
    private boolean ready;
    private boolean stopping;
    private int restarts;
    /** Whether the user waits: no class archive is written then. */
    private volatile boolean hurried;

    private Supervisor(Child child) {
        this.child = child;
        this.thread = new Thread(this::keepRunning, "supervisor-" + child.name());
        thread.setDaemon(true);
    }

    static Supervisor start(Child child) {
        Supervisor supervisor = new Supervisor(child);
        supervisor.launch();
        supervisor.thread.start();
        return supervisor;
    }

    Child child() {
        return child;
    }

    synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    synchronized int restarts() {
        return restarts;
    }

    /** Why the child is no longer restarted, with the end of its log. */
    synchronized Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** To be called once the child answers. From then on it may die more often. */
    synchronized void markReady() {
        ready = true;
    }

    private void keepRunning() {
        try {
            while (true) {
                Process running = running();
                long startedNanos = System.nanoTime();
                int exit = running.waitFor();
                if (!restart(exit, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos))) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean restart(int exit, long uptimeMillis) throws InterruptedException {
        long wait;
        synchronized (this) {
            wait = stopping ? -1 : backoff.afterDeath(uptimeMillis, ready);
            if (wait < 0 && !stopping) {
                failure = "the " + child.name() + " keeps dying (exit code " + exit + "); its log " + child.log()
                        + " ends with: " + LogTail.of(child.log());
            }
        }
        if (wait < 0) {
            return false;
        }
        Thread.sleep(wait);
        return launch();
    }

    private synchronized Process running() {
        return Objects.requireNonNull(process, "never started");
    }

    private synchronized boolean launch() {
        if (stopping) {
            return false;
        }
        try {
            restarts += process == null ? 0 : 1;
            process = child.builder().start();
            return true;
        } catch (IOException e) {
            failure = "the " + child.name() + " cannot be started: " + e.getMessage();
            return false;
        }
    }

    /** Asks the child to end, without waiting; {@link #close} kills it after a grace period. */
    synchronized void requestStop() {
        stopping = true;
        if (process != null) {
            // Process.destroy would also close the pipe, and the child would halt at once.
            process.toHandle().destroy();
        }
    }

    /** A child that writes its class archive gets no more time than any other, also if it is waited for already. */
    void hurry() {
        hurried = true;
    }

    private Duration grace() {
        return child.archive().isWrittenAtExit() && !hurried ? ARCHIVING_GRACE : GRACE;
    }

    private boolean ends(Process last) throws InterruptedException {
        long asked = System.nanoTime();
        do {
            if (last.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } while (System.nanoTime() - asked < grace().toNanos());
        return false;
    }

    @Override
    public void close() {
        requestStop();
        Process last = running();
        try {
            if (!ends(last)) {
                last.destroyForcibly().waitFor();
            }
            child.archive().keep();
        } catch (InterruptedException e) {
            last.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The delay before a child that died is restarted, and when to give up. A child that ran for 30 s starts over. */
    static final class Backoff {
        static final int MAX_DEATHS = 12;
        static final int MAX_DEATHS_BEFORE_READY = 3;
        private static final long FIRST_WAIT_MILLIS = 100;
        private static final long MAX_WAIT_MILLIS = 5_000;
        private static final long FORGET_AFTER_MILLIS = 30_000;

        private int deaths;

        /** Milliseconds to wait after a death, or -1 to give up. */
        long afterDeath(long uptimeMillis, boolean everReady) {
            deaths = uptimeMillis >= FORGET_AFTER_MILLIS ? 1 : deaths + 1;
            if (deaths >= (everReady ? MAX_DEATHS : MAX_DEATHS_BEFORE_READY)) {
                return -1;
            }
            return Math.min(MAX_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(deaths - 1, 10));
        }
    }
}
