package io.afterlearner.evaluator.scoring;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;

/** Turns a candidate into a fitness. Thread-safe; every problem with study or candidate is a Failed, never an exception. */
public interface Scoring extends AutoCloseable {
    /**
     * @param abort ends it early; what comes back then may be anything
     */
    Fitness score(StudySpec spec, Candidate candidate, Abort abort);

    /** The study has ended: what is kept for it may go. */
    void ended(String study);

    /** Studies something is kept for. */
    int openStudies();

    /** Bytes of what is kept. */
    long cacheBytes();

    @Override
    void close();
}
