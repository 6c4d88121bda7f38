package io.afterlearner.aleph.run;

import io.afterlearner.aleph.AlephException;

/**
 * Counts the users of native memory: freeing what another thread reads would crash the process. It is freed once, when it is closed
 * and no longer used.
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
