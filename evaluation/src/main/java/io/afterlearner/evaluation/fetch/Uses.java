package io.afterlearner.evaluation.fetch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that somebody is using: no process deletes them before this is closed. If the process is killed, they may be deleted
 * at once. Thread-safe.
 */
public final class Uses implements AutoCloseable {
    private final List<Locks.Held> held = new ArrayList<>();

    synchronized void add(Locks.Held use) {
        held.add(use);
    }

    @Override
    public synchronized void close() {
        held.forEach(Uses::release);
        held.clear();
    }

    private static void release(Locks.Held use) {
        try {
            use.close();
        } catch (IOException e) {
            // The file stays locked until this process ends, which only keeps it longer than necessary.
            return;
        }
    }
}
