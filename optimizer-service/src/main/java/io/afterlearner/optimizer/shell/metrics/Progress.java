package io.afterlearner.optimizer.shell.metrics;

import io.afterlearner.optimizer.core.StudyState;

/** Figures of a study for a scrape. The study's thread writes them with each event, and other threads read them. */
final class Progress {
    volatile long outstanding;
    volatile long remaining;
    /** {@link Long#MAX_VALUE} if nothing is outstanding. */
    volatile long oldestAskedMillis = Long.MAX_VALUE;

    volatile double incumbentLoss = Double.NaN;
    volatile double baselineLoss = Double.NaN;

    void write(StudyState state) {
        outstanding = state.outstanding();
        remaining = state.remaining();
        oldestAskedMillis = state.oldestAskedMillis();
        incumbentLoss = state.incumbentLoss();
        baselineLoss = state.baselineLoss();
    }
}
