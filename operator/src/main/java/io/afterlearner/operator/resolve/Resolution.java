package io.afterlearner.operator.resolve;

import io.afterlearner.schemas.StudySpec;

/** How far the spec of a Study is resolved. */
public sealed interface Resolution {
    /** It is being checked. */
    record Running() implements Resolution {}

    /** @param problem what is wrong, where, and how to fix it */
    record Refused(String problem) implements Resolution {}

    record Resolved(StudySpec spec) implements Resolution {}
}
