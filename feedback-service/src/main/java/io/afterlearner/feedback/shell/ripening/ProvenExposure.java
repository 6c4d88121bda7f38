package io.afterlearner.feedback.shell.ripening;

import io.afterlearner.client.Token;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.schemas.Feedback;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the token of an exposure, or of a report, proves: an exposure even before its own record arrives, or without it. */
final class ProvenExposure {

    private ProvenExposure() {}

    /** Why the token does not prove the record that carries it; null if it does. */
    static @Nullable String problem(
            Token token, String study, String assignment, @Nullable String key, RecordPlace place, long nowMillis) {
        if (!token.study().equals(study)) {
            return "the token belongs to another study: " + token.study();
        }
        if (token.arm() == io.afterlearner.schemas.Arm.UNKNOWN) {
            return "the token's arm is unknown to this version; upgrade the feedback service";
        }
        if (!token.assignment().equals(assignment) || !token.assignment().equals(key)) {
            return "the token belongs to another assignment than the record or its key; use the assignment as the key";
        }
        String misplaced = place.problem(assignment);
        return misplaced == null
                ? AssignmentTimes.problem(token.assignedAtMillis(), token.expiresAtMillis(), nowMillis)
                : misplaced;
    }

    /** Like the other, for a report. */
    static @Nullable String problem(
            Feedback report, Token token, @Nullable String key, RecordPlace place, long nowMillis) {
        String problem = problem(token, report.getStudy(), report.getAssignment(), key, place, nowMillis);
        return problem == null && !Double.isFinite(report.getValue()) ? "the value is not a finite number" : problem;
    }

    /** The exposure; empty if the unit was served outside of the comparison. */
    static Optional<TrackedExposure> of(Token token) {
        return arm(token.arm())
                .map(arm -> TrackedExposure.open(
                        token.study(),
                        token.incarnation(),
                        arm,
                        token.number(),
                        token.assignedAtMillis(),
                        token.drawnAtMillis(),
                        token.client(),
                        token.expiresAtMillis()));
    }

    private static Optional<Arm> arm(io.afterlearner.schemas.Arm arm) {
        return switch (arm) {
            case CONTROL, CHAMPION, EXPLORE -> Optional.of(Arm.valueOf(arm.name()));
            case UNCOUNTED, UNKNOWN -> Optional.empty();
        };
    }
}
