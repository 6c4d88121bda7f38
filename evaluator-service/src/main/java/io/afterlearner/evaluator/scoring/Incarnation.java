package io.afterlearner.evaluator.scoring;

import io.afterlearner.schemas.StudySpec;

/** A study, apart from a deleted one of the same name: its spec may differ. */
public record Incarnation(String study, long number) {

    static Incarnation of(StudySpec spec) {
        return new Incarnation(spec.getStudy(), spec.getIncarnation());
    }
}
