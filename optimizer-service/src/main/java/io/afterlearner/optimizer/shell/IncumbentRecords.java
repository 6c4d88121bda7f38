package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Standing;
import io.afterlearner.schemas.Ignored;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;

/** Turns a study's standing into an Incumbent record. */
public final class IncumbentRecords {

    private IncumbentRecords() {}

    static Incumbent record(StudySpec spec, Standing s) {
        return new Incumbent(
                spec.getStudy(),
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
                s.explanation(),
                RecordedFailure.cause(s.failure()),
                spec.getIncarnation(),
                s.held());
    }

    /** For a study that is accepted but has not begun. */
    public static Incumbent unbegun(StudySpec spec) {
        return Incumbent.newBuilder()
                .setStudy(spec.getStudy())
                .setSequence(-1)
                .setAtMillis(spec.getCreatedAtMillis())
                .setStatus(StudyStatus.RUNNING)
                .setNumber(0)
                .setValues(spec.getAleph().stream()
                        .flatMap(group -> group.getInitial().stream())
                        .toList())
                .setBudget(spec.getOptimizer().getBudget())
                .setAsked(0)
                .setTold(0)
                .setFailed(0)
                .setExpired(0)
                .setIgnored(new Ignored(0L, 0L, 0L))
                .setIncarnation(spec.getIncarnation())
                .build();
    }
}
