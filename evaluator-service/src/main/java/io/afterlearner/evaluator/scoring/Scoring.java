package io.afterlearner.evaluator.scoring;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Turns a candidate into a fitness, and a final candidate into a verdict. A problem with the study or the candidate becomes a
 * Failed; a problem of this evaluator becomes an {@link UnableException}. Thread-safe.
 */
public interface Scoring extends AutoCloseable {
    /**
     * @param atMost how long it may take once model and data are open; opening them has the limits of downloads
     * @param open is told when they are
     * @param abort ends it early; the result is then meaningless
     * @throws UnableException if this evaluator cannot evaluate now
     */
    Fitness score(StudySpec spec, Candidate candidate, Duration atMost, Runnable open, Abort abort);

    /**
     * @param abort as for {@link #score}
     * @throws UnableException as {@link #score}
     */
    VerdictAnswer verdict(StudySpec spec, VerdictRequest request, Abort abort);

    /** Tries again what this evaluator could not do. Returns what is still wrong and how to fix it; null if nothing is. */
    @Nullable
    String retry();

    /** The study has ended: whatever is kept for it may be closed. */
    void ended(String study);

    /** Number of studies that are kept open. */
    int openStudies();

    /** Memory of open studies, in bytes. */
    long cacheBytes();

    @Override
    void close();
}
