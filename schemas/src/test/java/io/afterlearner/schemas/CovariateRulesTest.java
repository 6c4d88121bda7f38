package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CovariateRulesTest {

    private static Metric metric(Aggregate aggregate, double winsorise, Covariate covariate) {
        return new Metric("orders", aggregate, Goal.MAXIMIZE, 0.0, 1.0, 0.0, null, winsorise, null, covariate);
    }

    private static OnlineSpec online(Metric metric) {
        OnlineSpec online = Objects.requireNonNull(Samples.spec().getOnline());
        online.put("metric", metric);
        online.put("unit", Unit.USER);
        online.put("sliceMillis", 0L);
        online.getPace().put("horizonMillis", 0L);
        online.put("tellAfterMillis", 0L);
        online.put("guardrails", List.of());
        return online;
    }

    private static String refused(Metric metric, Consumer<OnlineSpec> change) {
        OnlineSpec online = online(metric);
        change.accept(online);
        return String.valueOf(assertThrows(RefusedException.class, () -> CovariateRules.check(online))
                .getMessage());
    }

    @Test
    void meansSumsAndRatesOfUnitsThatReturnMayBeAdjusted() {
        for (Aggregate aggregate : List.of(Aggregate.MEAN, Aggregate.SUM, Aggregate.RATE)) {
            OnlineSpec online = online(metric(aggregate, 1, Covariate.PAST));
            assertDoesNotThrow(() -> CovariateRules.check(online));
            online.getPace().put("horizonMillis", online.getWindowMillis());
            assertDoesNotThrow(() -> CovariateRules.check(online), "a horizon of one window");
        }
        assertDoesNotThrow(() -> CovariateRules.check(online(metric(Aggregate.P95, 1, Covariate.NONE))));
    }

    @Test
    void unitsThatDoNotReturnHaveNoPast() {
        Metric past = metric(Aggregate.SUM, 1, Covariate.PAST);
        String line =
                "online.metric.covariate cannot be past, because requests and slices do not return; remove it, or set"
                        + " online.unit to user or session";
        assertEquals(line, refused(past, online -> online.put("unit", Unit.REQUEST)));
        assertEquals(line, refused(past, online -> online.put("sliceMillis", 60_000L)));
    }

    @Test
    void whatCannotBeAdjustedIsRefused() {
        for (Aggregate aggregate : List.of(Aggregate.P50, Aggregate.P95, Aggregate.P99, Aggregate.RATIO)) {
            assertEquals(
                    "online.metric.covariate can be past for aggregate: mean, sum or rate only, not for quantiles and ratios; remove it",
                    refused(metric(aggregate, 1, Covariate.PAST), online -> {}));
        }
        assertEquals(
                "online.metric.covariate cannot be past beside winsorise: both are fixed by the first values of the study; keep one of"
                        + " the two",
                refused(metric(Aggregate.SUM, 0.99, Covariate.PAST), online -> {}));
        assertEquals(
                "online.guardrails[0].metric.covariate is for the metric to improve; remove it",
                refused(
                        metric(Aggregate.SUM, 1, Covariate.NONE),
                        online -> online.put(
                                "guardrails", List.of(new Guardrail(metric(Aggregate.SUM, 1, Covariate.PAST), 0.9)))));
        assertEquals(
                "online.metric.covariate must be NONE or PAST",
                refused(metric(Aggregate.SUM, 1, Covariate.UNKNOWN), online -> {}));
    }

    @Test
    void aWindowAboveTheHorizonIsRefused() {
        assertEquals(
                "online.metric.covariate cannot be past with a window of 7000 ms above the horizon of 6000 ms: reports of earlier horizons"
                        + " could come after the draw; set online.horizon to at least online.window",
                refused(metric(Aggregate.SUM, 1, Covariate.PAST), online -> {
                    online.put("windowMillis", 7_000L);
                    online.getPace().put("horizonMillis", 6_000L);
                }));
    }
}
