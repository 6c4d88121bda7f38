package io.afterlearner.benchmarks.online;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests at predetermined times, whether earlier ones were answered or not. Latency counts from the time a request was
 * due, so a stall of the service is charged for every waiting request (Tene: How NOT to measure latency, 2013).
 */
final class OpenLoop {
    /** One request; returns whether it was answered correctly. */
    interface Request {
        boolean send(HttpConnection connection) throws IOException;
    }

    private final FeedbackAddress feedback;
    private final long intervalNanos;
    private final long[] nanos;
    private final Request request;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private long startNanos;
    private volatile long endNanos;

    /**
     * @param connections number of requests in flight at once; further requests wait, and their latency includes the wait
     * @param perSecond requests, above 0
     */
    OpenLoop(FeedbackAddress feedback, int connections, double perSecond, double seconds, Request request) {
        this.feedback = feedback;
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
                    connection = connection == null ? feedback.open() : connection;
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
            // The connection is closed already.
            return;
        }
    }

    /** The latencies of all due requests, answered or not; only valid after {@link #await}. */
    double millis(double quantile) {
        return nanos[Math.max(0, (int) Math.ceil(quantile * nanos.length) - 1)] / 1e6;
    }

    /** Correctly answered requests per second. */
    double perSecond() {
        return (nanos.length - errors.get()) / ((endNanos - startNanos) / 1e9);
    }

    int errors() {
        return errors.get();
    }
}
