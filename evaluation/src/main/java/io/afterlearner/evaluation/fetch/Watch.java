package io.afterlearner.evaluation.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a response body that arrives too slowly, so that its reader does not wait forever. Thread-safe. */
final class Watch implements AutoCloseable {
    private static final long MIN_BYTES_PER_SECOND = 1024;

    private final Closeable body;
    private final Policy policy;
    private final long startNanos = System.nanoTime();
    private final long deadlineNanos;
    private long receivedBytes;
    private long bytesAtLastLook;
    private boolean closed;
    private @Nullable String tooSlow;

    private Watch(Closeable body, Policy policy, long deadlineNanos) {
        this.body = body;
        this.policy = policy;
        this.deadlineNanos = deadlineNanos;
    }

    static Watch over(Closeable body, Policy policy, long deadlineNanos) {
        Watch watch = new Watch(body, policy, deadlineNanos);
        watch.lookLater(Math.min(policy.idleWithin().toNanos(), deadlineNanos - System.nanoTime()));
        return watch;
    }

    private void lookLater(long nanos) {
        CompletableFuture.delayedExecutor(Math.max(0, nanos), TimeUnit.NANOSECONDS)
                .execute(this::look);
    }

    private void look() {
        synchronized (this) {
            if (closed) {
                return;
            }
            tooSlow = judge(System.nanoTime());
            bytesAtLastLook = receivedBytes;
        }
        if (tooSlow() == null) {
            lookLater(Math.min(policy.idleWithin().toNanos(), deadlineNanos - System.nanoTime()));
        } else {
            hangUp();
        }
    }

    private @Nullable String judge(long nowNanos) {
        if (nowNanos - deadlineNanos >= 0) {
            return "took over " + Shown.of(policy.wholeWithin());
        }
        Duration idle = policy.idleWithin();
        long least = Math.max(1, MIN_BYTES_PER_SECOND * idle.toMillis() / 1000);
        boolean whole = nowNanos - startNanos >= idle.toNanos();
        return whole && receivedBytes - bytesAtLastLook < least
                ? "sent fewer than " + least + " bytes in " + Shown.of(idle)
                : null;
    }

    private void hangUp() {
        try {
            body.close();
        } catch (IOException e) {
            // The connection is broken already, which ends the reader too.
            return;
        }
    }

    synchronized void received(int bytes) {
        receivedBytes += bytes;
    }

    /** Why the body was closed; null if it was not. */
    synchronized @Nullable String tooSlow() {
        return tooSlow;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
