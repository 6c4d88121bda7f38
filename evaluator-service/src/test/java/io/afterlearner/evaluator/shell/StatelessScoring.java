package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.scoring.Scoring;
import org.jspecify.annotations.Nullable;

/** A scoring that opens nothing and is always able. */
interface StatelessScoring extends Scoring {
    @Override
    default @Nullable String retry() {
        return null;
    }

    @Override
    default void ended(String study) {}

    @Override
    default int openStudies() {
        return 0;
    }

    @Override
    default long cacheBytes() {
        return 0;
    }

    @Override
    default void close() {}
}
