package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.StudyMemory;
import org.jspecify.annotations.Nullable;

/** The part of the Java heap that studies may take, all tasks of this process together. Thread-safe. */
public final class HeapBudget {
    /** The rest is for Kafka's buffers, requests, and garbage. */
    private static final int PART_OF_HEAP = 2;

    private final long limitBytes;
    private long takenBytes;

    public HeapBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Half of this process's heap. */
    static HeapBudget ofProcess() {
        return new HeapBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    public long limitBytes() {
        return limitBytes;
    }

    public synchronized long takenBytes() {
        return takenBytes;
    }

    /** Takes memory if enough is free. */
    public synchronized boolean take(long bytes) {
        if (bytes > limitBytes - takenBytes) {
            return false;
        }
        takenBytes += bytes;
        return true;
    }

    /** Takes memory for a study that ran before, in another process or with a larger heap. It may exceed the budget by half. */
    synchronized boolean takeAgain(long bytes) {
        if (bytes > limitBytes + limitBytes / 2 - takenBytes) {
            return false;
        }
        takenBytes += bytes;
        return true;
    }

    /** Takes memory that is in use already. */
    synchronized void takeAnyway(long bytes) {
        takenBytes += bytes;
    }

    public synchronized void giveBack(long bytes) {
        takenBytes -= bytes;
    }

    /** Why there is no room for a study now. It would fit without the other studies. */
    public synchronized String refusal(StudyMemory memory) {
        return "the study would take up to " + StudyMemory.size(memory.bytes()) + " of memory, but only "
                + StudyMemory.size(Math.max(0, limitBytes - takenBytes)) + " of the optimizer's "
                + StudyMemory.size(limitBytes)
                + " for studies are free; delete studies that have ended, or give the optimizer a larger heap (-Xmx)";
    }

    /**
     * Takes the memory of a study.
     *
     * @return why it is refused; null if the memory is taken
     */
    @Nullable
    String take(StudyMemory memory) {
        String tooLarge = memory.refusal(limitBytes);
        return tooLarge != null ? tooLarge : take(memory.bytes()) ? null : refusal(memory);
    }
}
