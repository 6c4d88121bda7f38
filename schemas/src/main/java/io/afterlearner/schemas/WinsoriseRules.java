package io.afterlearner.schemas;

import java.util.List;
import java.util.stream.IntStream;

/** Rules for metrics whose values are capped at a quantile of control's. */
final class WinsoriseRules {
    static final double LEAST = 0.5;
    /** Above it, finding the cap would take more than 10,000 values of control. */
    static final double MOST = 0.999;
    /** Values are not capped. */
    static final double OFF = 1;

    private WinsoriseRules() {}

    private static boolean isWinsorised(Metric metric) {
        return metric.getWinsorise() != OFF;
    }

    static void check(OnlineSpec online) {
        if (isWinsorised(online.getMetric())) {
            goal(online.getMetric(), online.getSliceMillis() > 0);
        }
        List<Guardrail> guardrails = online.getGuardrails();
        IntStream.range(0, guardrails.size())
                .forEach(i -> OnlineRules.require(
                        !isWinsorised(guardrails.get(i).getMetric()),
                        "online.guardrails[" + i + "].metric.winsorise",
                        "is for the metric to improve: a guardrail has to see the extreme values that it protects from",
                        "remove it"));
    }

    private static void goal(Metric metric, boolean sliced) {
        String field = "online.metric.winsorise";
        double share = metric.getWinsorise();
        OnlineRules.require(
                metric.getAggregate() == Aggregate.MEAN || metric.getAggregate() == Aggregate.SUM,
                field,
                "is for aggregate: mean or sum; rates and quantiles have no heavy tails",
                "remove it");
        OnlineRules.require(
                !sliced, field, "is for values of units; a slice is one value of the whole system", "remove it");
        OnlineRules.require(
                share >= LEAST && share <= MOST,
                field,
                "must be " + LEAST + " to " + MOST + ", such as 0.99 to cap the highest hundredth, not " + share);
    }
}
