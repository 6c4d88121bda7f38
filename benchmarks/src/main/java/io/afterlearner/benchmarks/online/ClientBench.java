package io.afterlearner.benchmarks.online;

import com.sun.management.ThreadMXBean;
import io.afterlearner.client.AfterLearner;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Measures the client's {@code assign} on the caller's thread, while it follows a real broker and its outbox is drained. */
final class ClientBench {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int REPEATS = 9;
    private static final int WARM_UP_REPEATS = 6;
    /** Assigns per burst, far fewer than the outbox holds. */
    private static final int BURST = 200;

    private static final int PACED_BURSTS = 100;
    private static final long PAUSE_NANOS = 10_000_000;
    private static final int FLAT_OUT = 500_000;
    /** Longer than it takes to drain a full outbox. */
    private static final long DRAINED_MILLIS = 2_000;

    private final AfterLearner client;
    private final String[] units = new String[1 << 16];
    private final int dimension;
    private long next;
    /** Keeps the compiler from eliminating the calls. */
    private long seen;

    ClientBench(AfterLearner client, int dimension) {
        this.client = client;
        this.dimension = dimension;
        Arrays.setAll(units, i -> "user-" + i);
    }

    /** Bursts with pauses, 20,000 assigns per second. */
    ClientFigures paced() throws InterruptedException {
        return figures("paced", PACED_BURSTS, BURST, PAUSE_NANOS);
    }

    /** As fast as one thread can. */
    ClientFigures flatOut() throws InterruptedException {
        return figures("flatOut", 1, FLAT_OUT, 0);
    }

    private ClientFigures figures(String pace, int bursts, int burst, long pauseNanos) throws InterruptedException {
        for (int i = 0; i < WARM_UP_REPEATS; i++) {
            repeat(bursts, burst, pauseNanos);
        }
        Thread.sleep(DRAINED_MILLIS);
        long droppedBefore = client.dropped();
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        double[] nanos = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            nanos[i] = repeat(bursts, burst, pauseNanos);
        }
        long assigned = (long) REPEATS * bursts * burst;
        long bytes = (THREADS.getCurrentThreadAllocatedBytes() - bytesBefore) / assigned;
        Thread.sleep(DRAINED_MILLIS);
        Arrays.sort(nanos);
        return new ClientFigures(
                pace,
                dimension,
                Math.round(nanos[REPEATS / 2]),
                Math.round(nanos[REPEATS - 1]),
                bytes,
                assigned,
                client.dropped() - droppedBefore);
    }

    /** Nanoseconds per assign, without the pauses. */
    private double repeat(int bursts, int burst, long pauseNanos) {
        long nanos = 0;
        for (int i = 0; i < bursts; i++) {
            long start = System.nanoTime();
            for (int j = 0; j < burst; j++) {
                seen += client.assign(units[(int) (next++ & (units.length - 1))])
                        .number();
            }
            nanos += System.nanoTime() - start;
            LockSupport.parkNanos(pauseNanos);
        }
        return (double) nanos / ((long) bursts * burst);
    }

    /** Sum of the assigned candidate numbers. */
    long seen() {
        return seen;
    }
}
