package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WinsoriseRulesTest {

    private static OnlineSpec online(Aggregate aggregate, double share) {
        OnlineSpec online = Objects.requireNonNull(Samples.spec().getOnline());
        online.put("metric", metric(aggregate, share));
        online.put("sliceMillis", 0L);
        online.put("guardrails", List.of());
        return online;
    }

    private static Metric metric(Aggregate aggregate, double share) {
        return new Metric("revenue", aggregate, Goal.MAXIMIZE, 0.0, 1.0, 0.0, null, share, null, Covariate.NONE);
    }

    private static String refused(OnlineSpec online) {
        return String.valueOf(assertThrows(RefusedException.class, () -> WinsoriseRules.check(online))
                .getMessage());
    }

    private static String refused(Aggregate aggregate, double share, Consumer<OnlineSpec> change) {
        OnlineSpec online = online(aggregate, share);
        change.accept(online);
        return refused(online);
    }

    @Test
    void meansAndSumsOfUnitsMayBeWinsorised() {
        for (double share : new double[] {WinsoriseRules.LEAST, 0.99, WinsoriseRules.MOST, 1}) {
            assertDoesNotThrow(() -> WinsoriseRules.check(online(Aggregate.MEAN, share)));
            assertDoesNotThrow(() -> WinsoriseRules.check(online(Aggregate.SUM, share)));
        }
    }

    @Test
    void aShareOutsideOfItsRangeIsRefused() {
        for (double share : new double[] {0, 0.4, 0.9999, 99, Double.NaN}) {
            assertEquals(
                    "online.metric.winsorise must be 0.5 to 0.999, such as 0.99 to cap the highest hundredth, not "
                            + share,
                    refused(Aggregate.MEAN, share, online -> {}));
        }
    }

    @Test
    void whereItMakesNoSenseItIsRefused() {
        for (Aggregate aggregate : List.of(Aggregate.RATE, Aggregate.P50, Aggregate.P95, Aggregate.P99)) {
            assertEquals(
                    "online.metric.winsorise is for aggregate: mean or sum; rates and quantiles have no heavy tails; remove it",
                    refused(aggregate, 0.99, online -> {}));
        }
        assertEquals(
                "online.metric.winsorise is for values of units; a slice is one value of the whole system; remove it",
                refused(Aggregate.MEAN, 0.99, online -> online.put("sliceMillis", 60_000L)));
        assertEquals(
                "online.guardrails[0].metric.winsorise is for the metric to improve: a guardrail has to see the extreme values that it"
                        + " protects from; remove it",
                refused(
                        Aggregate.MEAN,
                        1,
                        online -> online.put("guardrails", List.of(new Guardrail(metric(Aggregate.MEAN, 0.99), 0.9)))));
    }
}
