package io.afterlearner.benchmarks.online;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Requests at times that are set beforehand, whether earlier ones were answered or not. A time counts from when its request
 * was due, so a service that stalls is charged with all who waited, too (Tene: How NOT to measure latency, 2013).
 */
final class OpenLoop {
    /** One request; true if it was answered as it should be. */
    interface Request {
        boolean send(HttpConnection connection) throws IOException;
    }

    private final URI base;
    private final long intervalNanos;
    private final long[] nanos;
    private final Request request;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private long startNanos;
    private volatile long endNanos;

    /**
     * @param connections how many requests can be on their way at once; what is due beyond waits, and its time runs
     * @param perSecond requests, above 0
     */
    OpenLoop(URI base, int connections, double perSecond, double seconds, Request request) {
        this.base = base;
        this.request = request;
        intervalNanos = Math.round(1e9 / perSecond);
        nanos = new long[(int) Math.max(1, Math.round(perSecond * seconds))];
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(this::work, "open-loop-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    OpenLoop start() {
        startNanos = System.nanoTime();
        endNanos = startNanos;
        threads.forEach(Thread::start);
        return this;
    }

    void await() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        Arrays.sort(nanos);
    }

    private void work() {
        @Nullable HttpConnection connection = null;
        try {
            for (int mine = next.getAndIncrement(); mine < nanos.length; mine = next.getAndIncrement()) {
                long due = startNanos + mine * intervalNanos;
                sleepUntil(due);
                try {
                    connection = connection == null ? HttpConnection.open(base) : connection;
                    if (!request.send(connection)) {
                        errors.incrementAndGet();
                    }
                } catch (IOException e) {
                    errors.incrementAndGet();
                    close(connection);
                    connection = null;
                }
                endNanos = System.nanoTime();
                nanos[mine] = endNanos - due;
            }
        } finally {
            close(connection);
        }
    }

    private static void sleepUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void close(@Nullable HttpConnection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            // What is gone is closed.
            return;
        }
    }

    /** Of all that were due, answered or not; after {@link #await}. */
    double millis(double quantile) {
        return nanos[Math.max(0, (int) Math.ceil(quantile * nanos.length) - 1)] / 1e6;
    }

    /** Requests that were answered as they should be, a second. */
    double perSecond() {
        return (nanos.length - errors.get()) / ((endNanos - startNanos) / 1e9);
    }

    int errors() {
        return errors.get();
    }
}
