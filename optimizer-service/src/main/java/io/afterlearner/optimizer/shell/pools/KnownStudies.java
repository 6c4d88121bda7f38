package io.afterlearner.optimizer.shell.pools;

import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import java.util.List;

/** All studies with their incumbents, whichever instance runs them. What a verdict says is not among what it tells. */
public interface KnownStudies {

    /** Every study's spec, by name. */
    List<StudySpec> specs();

    /** A study's incumbent; for a study that was accepted and has not begun, one that says so. */
    Incumbent incumbent(StudySpec spec);

    /** Whether an evaluator is asked for the verdict on the study, and has not answered. */
    boolean awaitsVerdict(StudySpec spec);

    /** Whether Kafka answered within the last seconds. */
    boolean isCurrent();
}
