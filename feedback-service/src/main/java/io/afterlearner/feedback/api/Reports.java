package io.afterlearner.feedback.api;

import io.afterlearner.client.Token;
import io.afterlearner.client.TokenException;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.schemas.Feedback;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks what is reported. */
@ApplicationScoped
class Reports {
    static final int MOST_ID_CHARACTERS = 64;
    /** Clocks differ by no more. */
    static final long CLOCK_MILLIS = 300_000;
    /** Of one assignment in ten seconds. */
    static final int MOST_REPORTS = 100;

    private final OnlineStudies studies;
    private final Tokens tokens;
    private final Flood flood = new Flood(MOST_REPORTS);

    Reports(OnlineStudies studies, Tokens tokens) {
        this.studies = studies;
        this.tokens = tokens;
    }

    /** The record of a report. */
    Feedback checked(ReportJson report, long nowMillis) throws RejectedReportException {
        Token token = token(report.token());
        if (report.study() != null && !report.study().equals(token.study())) {
            throw new RejectedReportException(
                    409,
                    "the token is of study " + token.study() + ", not " + report.study()
                            + ": hand back the one that came with the assignment");
        }
        checkMetric(token.study(), report.metric());
        double value = value(report.value());
        long atMillis = time(report.atMillis(), token, nowMillis);
        String id = id(report.id());
        if (flood.isOver(token.assignment(), nowMillis)) {
            throw new RejectedReportException(
                    429,
                    "more than " + MOST_REPORTS + " reports of one assignment within " + Flood.SPAN_MILLIS / 1_000
                            + " s: report sums, or wait");
        }
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

    private Token token(@Nullable String token) throws RejectedReportException {
        if (token == null || token.isEmpty()) {
            throw new RejectedReportException(400, "token is missing: hand back the one that came with the assignment");
        }
        try {
            return tokens.read(token);
        } catch (TokenException e) {
            throw new RejectedReportException(401, String.valueOf(e.getMessage()));
        }
    }

    private void checkMetric(String study, @Nullable String metric) throws RejectedReportException {
        OnlineStudy known = studies.study(study)
                .orElseThrow(() -> new RejectedReportException(
                        404, "study " + study + " no longer exists: its reports are rejected"));
        if (metric == null) {
            throw new RejectedReportException(400, "metric is missing: give one of " + known.metrics());
        }
        if (!known.counts(metric)) {
            throw new RejectedReportException(
                    400, "the study has no metric \"" + cut(metric) + "\": give one of " + known.metrics());
        }
    }

    private static double value(@Nullable Double value) throws RejectedReportException {
        if (value == null || !Double.isFinite(value)) {
            throw new RejectedReportException(
                    400, "value is " + (value == null ? "missing" : value) + ": give a finite number");
        }
        return value;
    }

    private static long time(@Nullable Long atMillis, Token token, long nowMillis) throws RejectedReportException {
        long at = atMillis == null ? nowMillis : atMillis;
        if (at > nowMillis + CLOCK_MILLIS || at < token.assignedAtMillis() - CLOCK_MILLIS) {
            throw new RejectedReportException(
                    400,
                    "atMillis is " + at + ", and it is " + nowMillis + " here, the assignment's "
                            + token.assignedAtMillis() + ": send epoch milliseconds, and check your clock");
        }
        long forgotten = TrackedExposure.forgottenAtMillis(token.assignedAtMillis(), token.expiresAtMillis());
        if (at > token.expiresAtMillis() || nowMillis >= forgotten) {
            throw new RejectedReportException(
                    409,
                    "the assignment's window ended at " + token.expiresAtMillis()
                            + ": what comes later is not counted");
        }
        return at;
    }

    private static String id(@Nullable String id) throws RejectedReportException {
        if (id == null) {
            return UUID.randomUUID().toString();
        }
        if (id.isEmpty() || id.length() > MOST_ID_CHARACTERS) {
            throw new RejectedReportException(
                    400, "id has " + id.length() + " characters: give 1 to " + MOST_ID_CHARACTERS + ", or none");
        }
        return id;
    }

    private static String cut(String text) {
        return text.length() <= MOST_ID_CHARACTERS ? text : text.substring(0, MOST_ID_CHARACTERS) + "…";
    }
}
