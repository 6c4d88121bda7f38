package io.afterlearner.schemas;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rules for metrics that are the ratio of two sums, such as revenue per session. */
public final class RatioRules {

    private RatioRules() {}

    /** Names of the reports that sums are divided by; none of them may be negative. */
    public static List<String> denominators(OnlineSpec online) {
        return metrics(online)
                .map(Metric::getPer)
                .filter(Objects::nonNull)
                .map(Denominator::getName)
                .distinct()
                .toList();
    }

    /** The name of a metric, of a ratio with its denominator: a study may have several ratios of the same value. */
    public static String name(Metric metric) {
        Denominator per = metric.getPer();
        return per == null ? metric.getName() : metric.getName() + " per " + per.getName();
    }

    private static Stream<Metric> metrics(OnlineSpec online) {
        return Stream.concat(
                Stream.of(online.getMetric()), online.getGuardrails().stream().map(Guardrail::getMetric));
    }

    static void check(OnlineSpec online) {
        check(online.getMetric(), online, "online.metric");
        List<Guardrail> guardrails = online.getGuardrails();
        IntStream.range(0, guardrails.size())
                .forEach(i -> check(guardrails.get(i).getMetric(), online, "online.guardrails[" + i + "].metric"));
    }

    private static void check(Metric metric, OnlineSpec online, String field) {
        boolean isRatio = metric.getAggregate() == Aggregate.RATIO;
        Denominator per = metric.getPer();
        OnlineRules.require(
                isRatio || per == null,
                field + ".per",
                "is for aggregate: ratio",
                "remove it, or set aggregate: ratio");
        if (isRatio) {
            OnlineRules.require(
                    per != null,
                    field + ".aggregate",
                    "cannot be a ratio without per",
                    "name the reports that the sum is divided by, such as per: {field: sessions, most: 50}");
            ratio(metric, Objects.requireNonNull(per), online, field);
        }
    }

    private static void ratio(Metric metric, Denominator per, OnlineSpec online, String field) {
        OnlineRules.require(
                online.getSliceMillis() == 0,
                field + ".aggregate",
                "cannot be a ratio with slices, which are one value of the whole system",
                "divide in a query (promql), or report the ratio with aggregate: mean");
        OnlineRules.require(
                OnlineRules.isName(per.getName()),
                field + ".per.name",
                "must be 1 to 100 characters without control characters");
        OnlineRules.require(
                !per.getName().equals(metric.getName()),
                field + ".per.name",
                "is the metric itself, whose ratio to itself is 1",
                "name other reports");
        OnlineRules.require(
                per.getMost() > 0 && Double.isFinite(per.getMost()),
                field + ".per.most",
                "must be above 0 and finite, not " + per.getMost(),
                "give the most that an honest unit contributes in a horizon, so that a bot does not decide");
        Double silence = metric.getSilence();
        OnlineRules.require(
                silence == null || silence == 0,
                field + ".silence",
                "must be 0 for a ratio, where it is the denominator of an exposure without reports of it; it is "
                        + silence,
                "set 0 if such exposures are usual, or remove it");
    }
}
