package io.afterlearner.evaluation;

import io.afterlearner.aleph.run.Suffix;
import io.afterlearner.evaluation.score.UnscorableException;
import org.jspecify.annotations.Nullable;

/** Stops one evaluation; does nothing once it is over. Thread-safe. */
final class Stop {
    private @Nullable Suffix running;
    private boolean stopped;

    synchronized void enter(Suffix suffix) {
        check();
        running = suffix;
    }

    synchronized void leave() {
        running = null;
        check();
    }

    synchronized void check() {
        if (stopped) {
            throw new UnscorableException("the evaluation was stopped");
        }
    }

    synchronized void now() {
        stopped = true;
        if (running != null) {
            running.cancel();
        }
    }
}
