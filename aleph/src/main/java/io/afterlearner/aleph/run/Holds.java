package io.afterlearner.aleph.run;

import io.afterlearner.aleph.AlephException;

/**
 * Counts who still uses native memory: freeing what a run on another thread reads would end the process. Freed once, when closed and
 * no longer held.
 */
final class Holds {
    private final Runnable free;
    private int holders;
    private boolean closed;

    Holds(Runnable free) {
        this.free = free;
    }

    synchronized void take(String what) {
        if (closed) throw new AlephException(what + " is closed: open another");
        holders++;
    }

    synchronized void release() {
        holders--;
        if (closed && holders == 0) free.run();
    }

    synchronized void close() {
        if (closed) return;
        closed = true;
        if (holders == 0) free.run();
    }
}
