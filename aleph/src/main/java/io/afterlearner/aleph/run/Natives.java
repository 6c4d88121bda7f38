package io.afterlearner.aleph.run;

import java.util.List;

/** Closes native resources. */
final class Natives {
    private Natives() {}

    /** Closes all of them, even if one fails. */
    static void closeAll(List<? extends AutoCloseable> owned) {
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
