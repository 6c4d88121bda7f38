package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RatioRulesTest {
    private static final Denominator SESSIONS = new Denominator("sessions", 50.0);

    private static Metric metric(Aggregate aggregate, @Nullable Double silence, @Nullable Denominator per) {
        return new Metric("revenue", aggregate, Goal.MAXIMIZE, 1.0, 20.0, silence, null, 1.0, per, Covariate.NONE);
    }

    private static StudySpec study(Metric goal, List<Guardrail> guardrails) {
        StudySpec spec = Samples.spec();
        spec.put("loss", null);
        spec.put("search", null);
        spec.put("test", null);
        spec.getEvaluation().put("pool", OnlineRules.POOL);
        spec.getEvaluation().put("timeoutMillis", OnlineRules.MAX_TIMEOUT_MILLIS);
        OnlineSpec online = Objects.requireNonNull(spec.getOnline());
        online.put("metric", goal);
        online.put("guardrails", guardrails);
        online.put("telemetry", List.of());
        online.put("sliceMillis", 0L);
        return spec;
    }

    private static String refused(StudySpec spec) {
        return String.valueOf(assertThrows(RefusedException.class, () -> OnlineRules.check(spec))
                .getMessage());
    }

    private static String refused(Metric goal) {
        return refused(study(goal, List.of()));
    }

    @Test
    void goalAndGuardrailsMayBeRatios() {
        Metric errors = new Metric(
                "errors",
                Aggregate.RATIO,
                Goal.MINIMIZE,
                0.0,
                1.0,
                0.0,
                null,
                1.0,
                new Denominator("requests", 9.0),
                Covariate.NONE);
        StudySpec spec = study(metric(Aggregate.RATIO, null, SESSIONS), List.of(new Guardrail(errors, 1.2)));
        assertDoesNotThrow(() -> OnlineRules.check(spec));
        assertDoesNotThrow(
                () -> OnlineRules.check(study(metric(Aggregate.RATIO, 0.0, SESSIONS), List.of())),
                "0 is below the range");
        assertEquals(
                List.of("sessions", "requests"), RatioRules.denominators(Objects.requireNonNull(spec.getOnline())));
    }

    @Test
    void telemetryMayReportTheDenominator() {
        StudySpec spec = study(metric(Aggregate.RATIO, null, SESSIONS), List.of());
        Objects.requireNonNull(spec.getOnline())
                .put(
                        "telemetry",
                        List.of(new Telemetry(
                                "shop", TelemetryFormat.JSON, null, "sessions", "token", null, null, null, null)));
        assertDoesNotThrow(() -> OnlineRules.check(spec));
    }

    @Test
    void aRatioNeedsWhatItIsDividedBy() {
        assertEquals(
                "online.metric.aggregate cannot be a ratio without per; name the reports that the sum is divided by, such as per: {field: sessions,"
                        + " most: 50}",
                refused(metric(Aggregate.RATIO, null, null)));
        assertEquals(
                "online.metric.per is for aggregate: ratio; remove it, or set aggregate: ratio",
                refused(metric(Aggregate.SUM, null, SESSIONS)));
        assertEquals(
                "online.guardrails[0].metric.per is for aggregate: ratio; remove it, or set aggregate: ratio",
                refused(study(
                        metric(Aggregate.SUM, null, null),
                        List.of(new Guardrail(metric(Aggregate.MEAN, null, SESSIONS), 0.9)))));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertEquals(
                "online.metric.per.name is the metric itself, whose ratio to itself is 1; name other reports",
                refused(metric(Aggregate.RATIO, null, new Denominator("revenue", 1.0))));
        for (double most : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(
                    "online.metric.per.most must be above 0 and finite, not " + most
                            + "; give the most that an honest unit contributes in a horizon, so that a bot does not decide",
                    refused(metric(Aggregate.RATIO, null, new Denominator("sessions", most))));
        }
        assertEquals(
                "online.metric.silence must be 0 for a ratio, where it is the denominator of an exposure without reports of it; it is"
                        + " 2.0; set 0 if such exposures are usual, or remove it",
                refused(metric(Aggregate.RATIO, 2.0, SESSIONS)));
        StudySpec sliced = study(metric(Aggregate.RATIO, null, SESSIONS), List.of());
        Objects.requireNonNull(sliced.getOnline()).put("sliceMillis", 60_000L);
        Objects.requireNonNull(sliced.getOnline()).put("pace", new Pace(0L, 0L, 0L, List.of(1.0)));
        assertEquals(
                "online.metric.aggregate cannot be a ratio with slices, which are one value of the whole system; divide in a query"
                        + " (promql), or report the ratio with aggregate: mean",
                refused(sliced));
        Metric winsorised = new Metric(
                "revenue", Aggregate.RATIO, Goal.MAXIMIZE, 0.0, 20.0, null, null, 0.99, SESSIONS, Covariate.NONE);
        assertEquals(
                "online.metric.winsorise is for aggregate: mean or sum; rates and quantiles have no heavy tails; remove it",
                refused(winsorised));
    }
}
