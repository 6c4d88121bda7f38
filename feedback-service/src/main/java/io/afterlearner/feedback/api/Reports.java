package io.afterlearner.feedback.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.client.EventId;
import io.afterlearner.client.Token;
import io.afterlearner.client.TokenException;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.api.FeedbackResource.ReportJson;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.shell.Desk;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.StudyCounters.Fate;
import io.afterlearner.http.Callers;
import io.afterlearner.http.Problem;
import io.afterlearner.http.StrictJson;
import io.afterlearner.schemas.Exposure;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.RefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks reports and turns them into records. */
@ApplicationScoped
class Reports {
    /** Maximum difference between the clocks of an application and this service. */
    private static final long MAX_CLOCK_DIFFERENCE_MILLIS = 300_000;

    private final OnlineStudies studies;
    private final Tokens tokens;
    private final Limits limits;
    private final FeedbackMetrics metrics;
    private final Callers callers;
    private final Desk desk;

    Reports(OnlineStudies studies, Tokens tokens, Limits limits, FeedbackMetrics metrics, Callers callers, Desk desk) {
        this.desk = desk;
        this.callers = callers;
        this.studies = studies;
        this.tokens = tokens;
        this.limits = limits;
        this.metrics = metrics;
    }

    /** The record of a report; throws {@link RejectedReport}. */
    Desk.Draft checked(JsonNode json, long nowMillis) {
        if (!json.isObject()) {
            throw new RejectedReport(400, null, "the report is " + Problem.shown(json.toString()) + "; give an object");
        }
        try {
            return checked(StrictJson.read(json, ReportJson.class), nowMillis);
        } catch (RefusedException e) {
            throw new RejectedReport(400, e.field(), String.valueOf(e.getMessage()));
        }
    }

    private Desk.Draft checked(ReportJson report, long nowMillis) {
        Token token = token(report.token());
        try {
            return checked(report, token, nowMillis);
        } catch (RejectedReport e) {
            metrics.of(token.study()).reported(Fate.REFUSED);
            throw e;
        }
    }

    private Desk.Draft checked(ReportJson report, Token token, long nowMillis) {
        if (!callers.mayUse(token.study())) {
            throw new RejectedReport(403, "token", Callers.otherStudy(token.study()));
        }
        if (report.study() != null && !report.study().equals(token.study())) {
            throw new RejectedReport(
                    409,
                    "study",
                    "the token belongs to study " + token.study() + ", not to " + Problem.shown(report.study())
                            + "; send the token of the assignment");
        }
        OnlineStudy study = study(token);
        return report.exposed() == null
                ? desk.draft(value(report, token, study, nowMillis))
                : desk.draft(exposure(report, token, study, nowMillis));
    }

    private Exposure exposure(ReportJson report, Token token, OnlineStudy study, long nowMillis) {
        if (!Boolean.TRUE.equals(report.exposed())) {
            throw new RejectedReport(
                    400,
                    "exposed",
                    "exposed is false; give true once the unit met what it was assigned, and send nothing before");
        }
        String excess = report.metric() != null
                ? "metric"
                : report.value() != null ? "value" : report.id() != null ? "id" : null;
        if (excess != null) {
            throw new RejectedReport(
                    400,
                    excess,
                    excess
                            + " is given with exposed; send the exposure without it, and values in reports of their own");
        }
        // It counts from the assignment on; this time only has to be within the window.
        var unused = time(report.atMillis(), token, nowMillis);
        limit(study, token);
        return token.exposure(String.valueOf(report.token()));
    }

    private Feedback value(ReportJson report, Token token, OnlineStudy study, long nowMillis) {
        checkMetric(study, report.metric());
        double value = value(report.value());
        String problem = study.problem(String.valueOf(report.metric()), value);
        if (problem != null) {
            throw new RejectedReport(400, "value", "value " + problem);
        }
        long atMillis = time(report.atMillis(), token, nowMillis);
        String id = id(report.id());
        limit(study, token);
        return new Feedback(
                token.assignment(),
                id,
                token.study(),
                token.number(),
                String.valueOf(report.metric()),
                value,
                atMillis,
                String.valueOf(report.token()));
    }

    private void limit(OnlineStudy study, Token token) {
        if (!study.isSliced()) {
            limits.reported(token.assignment());
        }
    }

    private Token token(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            throw new RejectedReport(400, "token", "token is missing; send the token of the assignment");
        }
        try {
            return tokens.read(token);
        } catch (TokenException e) {
            metrics.forged();
            throw new RejectedReport(401, "token", String.valueOf(e.getMessage()));
        }
    }

    private OnlineStudy study(Token token) {
        return studies.study(token.study(), token.incarnation())
                .orElseThrow(() -> new RejectedReport(
                        404, "token", "study " + token.study() + " no longer exists; stop reporting to it"));
    }

    private static void checkMetric(OnlineStudy known, @Nullable String metric) {
        if (metric == null) {
            throw new RejectedReport(400, "metric", "metric is missing; give one of " + known.metrics());
        }
        if (known.queries().contains(metric)) {
            throw new RejectedReport(
                    400, "metric", Problem.shown(metric) + " is measured by a query to Prometheus; do not report it");
        }
        if (!known.metrics().contains(metric)) {
            throw new RejectedReport(
                    400,
                    "metric",
                    "the study has no metric \"" + Problem.shown(metric) + "\"; give one of " + known.metrics());
        }
    }

    private static double value(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            throw new RejectedReport(
                    400, "value", "value is " + (value == null ? "missing" : value) + "; give a finite number");
        }
        return value;
    }

    /** A report follows its assignment, even if the clock was turned back since. */
    private static long time(@Nullable Long atMillis, Token token, long nowMillis) {
        long at = atMillis == null ? Math.max(nowMillis, token.assignedAtMillis()) : atMillis;
        long latest = Math.max(nowMillis + MAX_CLOCK_DIFFERENCE_MILLIS, token.expiresAtMillis());
        if (at > latest || at < token.assignedAtMillis() - MAX_CLOCK_DIFFERENCE_MILLIS) {
            throw new RejectedReport(
                    400,
                    "atMillis",
                    "atMillis is " + at + ", but the assignment was at " + token.assignedAtMillis()
                            + " and the service's clock is at " + nowMillis
                            + "; send epoch milliseconds, and check your clock");
        }
        long forgotten = TrackedExposure.forgottenAtMillis(token.assignedAtMillis(), token.expiresAtMillis());
        if (at > token.expiresAtMillis() || nowMillis >= forgotten) {
            throw new RejectedReport(
                    409,
                    "token",
                    "the assignment's window ended at " + token.expiresAtMillis()
                            + ", and later events do not count; ask for a new assignment");
        }
        return at;
    }

    private static String id(@Nullable String id) {
        if (id == null) {
            return UUID.randomUUID().toString();
        }
        String problem = EventId.problem(id);
        if (problem != null) {
            throw new RejectedReport(400, "id", problem);
        }
        return id;
    }
}
