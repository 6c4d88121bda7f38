package io.afterlearner.schemas;

import java.util.List;
import java.util.stream.IntStream;

/** Rules for metrics whose values are adjusted by what their unit did before. */
final class CovariateRules {

    private CovariateRules() {}

    static void check(OnlineSpec online) {
        Metric metric = online.getMetric();
        String field = "online.metric.covariate";
        OnlineRules.require(metric.getCovariate() != Covariate.UNKNOWN, field, "must be NONE or PAST");
        if (metric.getCovariate() == Covariate.PAST) {
            unit(online, field);
            aggregate(metric, field);
        }
        List<Guardrail> guardrails = online.getGuardrails();
        IntStream.range(0, guardrails.size())
                .forEach(i -> OnlineRules.require(
                        guardrails.get(i).getMetric().getCovariate() == Covariate.NONE,
                        "online.guardrails[" + i + "].metric.covariate",
                        "is for the metric to improve",
                        "remove it"));
    }

    private static void unit(OnlineSpec online, String field) {
        OnlineRules.require(
                online.getUnit() != Unit.REQUEST && online.getSliceMillis() == 0,
                field,
                "cannot be past, because requests and slices do not return",
                "remove it, or set online.unit to user or session");
        long horizon = online.getPace().getHorizonMillis();
        OnlineRules.require(
                horizon == 0 || online.getWindowMillis() <= horizon,
                field,
                "cannot be past with a window of " + online.getWindowMillis() + " ms above the horizon of " + horizon
                        + " ms: reports of earlier horizons could come after the draw",
                "set online.horizon to at least online.window");
    }

    private static void aggregate(Metric metric, String field) {
        OnlineRules.require(
                metric.getAggregate() == Aggregate.MEAN
                        || metric.getAggregate() == Aggregate.SUM
                        || metric.getAggregate() == Aggregate.RATE,
                field,
                "can be past for aggregate: mean, sum or rate only, not for quantiles and ratios",
                "remove it");
        OnlineRules.require(
                metric.getWinsorise() == WinsoriseRules.OFF,
                field,
                "cannot be past beside winsorise: both are fixed by the first values of the study",
                "keep one of the two");
    }
}
