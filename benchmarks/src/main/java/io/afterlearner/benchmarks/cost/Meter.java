package io.afterlearner.benchmarks.cost;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * CPU time of the calling thread, and what it allocates, since the meter was made. Other processes on the machine do not
 * count, nor does collecting garbage or compiling, which other threads do.
 */
final class Meter {
    /** HotSpot's own bean, which counts allocated bytes too. */
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long startBytes = THREADS.getCurrentThreadAllocatedBytes();
    private final long startNanos = THREADS.getCurrentThreadCpuTime();

    double micros() {
        return (THREADS.getCurrentThreadCpuTime() - startNanos) / 1e3;
    }

    double seconds() {
        return micros() / 1e6;
    }

    long bytes() {
        return THREADS.getCurrentThreadAllocatedBytes() - startBytes;
    }
}
