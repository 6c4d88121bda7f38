package io.afterlearner.feedback.shell.ripening;

import io.afterlearner.schemas.OnlineRules;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks the times of an assignment. One with impossible times would never ripen, or fill the store. */
final class AssignmentTimes {
    /** How far the clock of the process that assigns may be ahead of this service's clock. */
    static final long MAX_AHEAD_MILLIS = Duration.ofDays(1).toMillis();

    private static final long MAX_OPEN_MILLIS = OnlineRules.MAX_HORIZON_MILLIS + OnlineRules.MAX_WINDOW_MILLIS;

    private AssignmentTimes() {}

    /** Null if the times are possible; otherwise one line: what is wrong and how to fix it. */
    static @Nullable String problem(long assignedAtMillis, long expiresAtMillis, long nowMillis) {
        if (assignedAtMillis < 0 || assignedAtMillis > nowMillis + MAX_AHEAD_MILLIS) {
            return "the assignment was at " + assignedAtMillis + ", but this service's clock is at " + nowMillis
                    + "; use epoch milliseconds, and check the clock of the process that assigns";
        }
        long openMillis = expiresAtMillis - assignedAtMillis;
        return openMillis < 0 || openMillis > MAX_OPEN_MILLIS
                ? "the assignment expires " + openMillis + " ms after it began; give 0 to " + MAX_OPEN_MILLIS + " ms"
                : null;
    }
}
