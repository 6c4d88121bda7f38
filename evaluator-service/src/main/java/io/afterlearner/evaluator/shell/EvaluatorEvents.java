package io.afterlearner.evaluator.shell;

import io.afterlearner.observability.StudySeries;

/** Hears what becomes of records and studies, for metrics. Thread-safe. */
public interface EvaluatorEvents {
    /** Stands for every study that is not known here. */
    String OTHER = StudySeries.OTHER;

    /** What became of a candidate, or of a request for a verdict. */
    enum Outcome {
        /** A result was sent. */
        MEASURED,
        /** A failure was sent. */
        FAILED,
        /** It was not evaluated, because its deadline had passed. */
        EXPIRED
    }

    default void candidate(String study, Outcome outcome) {}

    default void verdict(String study, Outcome outcome) {}

    /** A record became a dead letter. */
    default void deadLetter() {}

    /** A record was answered with a failure because it failed unexpectedly, or too often. */
    default void quarantined() {}

    /** A study has begun, or goes on. */
    default void studyRuns(String study) {}

    /** A study finished or was stopped; it may go on later. */
    default void studyEnded(String study) {}

    default void studyDeleted(String study) {}
}
