package io.afterlearner.aleph.run;

import io.afterlearner.aleph.AlephException;
import java.util.List;

/**
 * Counts the users of native memory: freeing what another thread reads would crash the process. It is freed once, when it is closed
 * and no longer used.
 */
final class Holds {
    private final List<? extends AutoCloseable> owned;
    private int holders;
    private boolean closed;

    /** @param owned what is freed, in this order */
    Holds(List<? extends AutoCloseable> owned) {
        this.owned = owned;
    }

    synchronized void take(String what) {
        if (closed) throw new AlephException(what + " is closed", "open another");
        holders++;
    }

    synchronized void release() {
        holders--;
        if (closed && holders == 0) free(owned);
    }

    synchronized void close() {
        if (closed) return;
        closed = true;
        if (holders == 0) free(owned);
    }

    /** Closes all native resources, even if one fails. */
    static void free(List<? extends AutoCloseable> owned) {
        RuntimeException failed = null;
        for (AutoCloseable one : owned) {
            try {
                one.close();
            } catch (Exception e) {
                if (failed == null) failed = new IllegalStateException("native memory could not be freed", e);
                else failed.addSuppressed(e);
            }
        }
        if (failed != null) throw failed;
    }
}
