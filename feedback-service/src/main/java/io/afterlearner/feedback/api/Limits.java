package io.afterlearner.feedback.api;

import io.afterlearner.access.RateLimit;
import io.afterlearner.feedback.shell.FeedbackSettings;
import io.afterlearner.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;

/** Limits per unit and per assignment. Those per client are the HTTP library's. */
@ApplicationScoped
class Limits {
    private static final int SPAN_SECONDS = 10;

    private final int maxAssignments;
    private final int maxReports;
    private final RateLimit assignments;
    private final RateLimit reports;

    Limits(FeedbackSettings settings) {
        maxAssignments = settings.assignmentsPerUnit();
        maxReports = settings.reportsPerAssignment();
        assignments = new RateLimit(maxAssignments, Duration.ofSeconds(SPAN_SECONDS));
        reports = new RateLimit(maxReports, Duration.ofSeconds(SPAN_SECONDS));
    }

    /** Counts an assignment of a unit; throws a 429 problem if there were too many. */
    void assigned(String study, String unit) {
        int wait = assignments.use(study + " " + unit);
        if (wait > 0) {
            String detail = "more than " + maxAssignments + " assignments of one unit within " + SPAN_SECONDS
                    + " s; keep serving its current assignment until it expires";
            throw new WebApplicationException(detail, Problem.tooMany(wait, detail));
        }
    }

    /** Counts a report of a unit's assignment; throws a 429 problem if there were too many. All units share a slice's assignment. */
    void reported(String assignment) {
        int wait = reports.use(assignment);
        if (wait > 0) {
            throw new RejectedReport(
                    429,
                    "token",
                    "more than " + maxReports + " reports of one assignment within " + SPAN_SECONDS
                            + " s; report sums, or wait",
                    wait);
        }
    }
}
