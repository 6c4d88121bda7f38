package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Standing;
import io.afterlearner.schemas.Ignored;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;

/** Turns a study's standing into an Incumbent record. */
public final class IncumbentRecords {

    private IncumbentRecords() {}

    static Incumbent record(String study, Standing s) {
        return new Incumbent(
                study,
                s.sequence(),
                s.atMillis(),
                StudyStatus.valueOf(s.status().name()),
                s.reason(),
                s.number(),
                s.values(),
                s.loss(),
                s.standardError(),
                s.baselineLoss(),
                s.budget(),
                s.asked(),
                s.told(),
                s.failed(),
                s.expired(),
                new Ignored(
                        s.bookkeeping().duplicate(),
                        s.bookkeeping().late(),
                        s.bookkeeping().unknown()),
                Double.isInfinite(s.learnedNats()) ? null : s.learnedNats(),
                s.explanation());
    }

    /** For a study that is accepted but has not begun. */
    public static Incumbent unbegun(StudySpec spec) {
        return new Incumbent(
                spec.getStudy(),
                -1L,
                spec.getCreatedAtMillis(),
                StudyStatus.RUNNING,
                null,
                0L,
                spec.getAleph().stream().flatMap(g -> g.getInitial().stream()).toList(),
                null,
                null,
                null,
                spec.getOptimizer().getBudget(),
                0L,
                0L,
                0L,
                0L,
                new Ignored(0L, 0L, 0L),
                null,
                null);
    }
}
