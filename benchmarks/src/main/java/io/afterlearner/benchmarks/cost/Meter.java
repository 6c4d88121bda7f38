package io.afterlearner.benchmarks.cost;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * CPU time and allocations of the calling thread since the meter was created. Other processes, garbage collection and
 * compilation do not count, because other threads do that work.
 */
final class Meter {
    /** HotSpot's bean, which also counts allocated bytes. */
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
