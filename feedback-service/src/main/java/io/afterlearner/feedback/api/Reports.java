package io.afterlearner.feedback.api;

import io.afterlearner.client.Token;
import io.afterlearner.client.TokenException;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.api.FeedbackResource.ReportJson;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.http.Problem;
import io.afterlearner.schemas.Feedback;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks reports and turns them into records. */
@ApplicationScoped
class Reports {
    private static final int MAX_ID_CHARACTERS = 64;
    /** Maximum difference between the clocks of an application and this service. */
    private static final long MAX_CLOCK_DIFFERENCE_MILLIS = 300_000;

    private final OnlineStudies studies;
    private final Tokens tokens;
    private final RateLimit limit = new RateLimit(100, "reports of one assignment within %d s; report sums, or wait");

    Reports(OnlineStudies studies, Tokens tokens) {
        this.studies = studies;
        this.tokens = tokens;
    }

    /** The record of a report; throws a problem if the report is rejected. */
    Feedback checked(ReportJson report, long nowMillis) {
        Token token = token(report.token());
        if (report.study() != null && !report.study().equals(token.study())) {
            throw Problem.exception(
                    409,
                    "the token belongs to study " + token.study() + ", not to " + report.study()
                            + "; send the token of the assignment");
        }
        checkMetric(token, report.metric());
        double value = value(report.value());
        long atMillis = time(report.atMillis(), token, nowMillis);
        String id = id(report.id());
        limit.count(token.assignment(), nowMillis);
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

    private Token token(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            throw Problem.exception(400, "token is missing; send the token of the assignment");
        }
        try {
            return tokens.read(token);
        } catch (TokenException e) {
            throw Problem.exception(401, String.valueOf(e.getMessage()));
        }
    }

    private void checkMetric(Token token, @Nullable String metric) {
        OnlineStudy known = studies.study(token.study(), token.incarnation())
                .orElseThrow(() -> Problem.exception(
                        404, "study " + token.study() + " does not exist any more; stop reporting to it"));
        if (metric == null) {
            throw Problem.exception(400, "metric is missing; give one of " + known.metrics());
        }
        if (!known.metrics().contains(metric)) {
            throw Problem.exception(
                    400, "the study has no metric \"" + cut(metric) + "\"; give one of " + known.metrics());
        }
    }

    private static double value(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            throw Problem.exception(400, "value is " + (value == null ? "missing" : value) + "; give a finite number");
        }
        return value;
    }

    private static long time(@Nullable Long atMillis, Token token, long nowMillis) {
        long at = atMillis == null ? nowMillis : atMillis;
        if (at > nowMillis + MAX_CLOCK_DIFFERENCE_MILLIS
                || at < token.assignedAtMillis() - MAX_CLOCK_DIFFERENCE_MILLIS) {
            throw Problem.exception(
                    400,
                    "atMillis is " + at + ", but the assignment was at " + token.assignedAtMillis()
                            + " and the service's clock is at " + nowMillis
                            + "; send epoch milliseconds, and check your clock");
        }
        long forgotten = TrackedExposure.forgottenAtMillis(token.assignedAtMillis(), token.expiresAtMillis());
        if (at > token.expiresAtMillis() || nowMillis >= forgotten) {
            throw Problem.exception(
                    409,
                    "the assignment's window ended at " + token.expiresAtMillis()
                            + ", and later events do not count; ask for a new assignment");
        }
        return at;
    }

    private static String id(@Nullable String id) {
        if (id == null) {
            return UUID.randomUUID().toString();
        }
        if (id.isEmpty() || id.length() > MAX_ID_CHARACTERS) {
            throw Problem.exception(
                    400, "id has " + id.length() + " characters; give 1 to " + MAX_ID_CHARACTERS + ", or omit it");
        }
        return id;
    }

    private static String cut(String text) {
        return text.length() <= MAX_ID_CHARACTERS ? text : text.substring(0, MAX_ID_CHARACTERS) + "…";
    }
}
