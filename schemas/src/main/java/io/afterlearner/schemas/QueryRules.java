package io.afterlearner.schemas;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules for metrics that are queries to Prometheus: the value of a slice of time is the query's answer over that time. */
public final class QueryRules {
    /** Stands in a query for the length of a slice, as PromQL writes durations. */
    public static final String SLICE = "{{slice}}";

    static final int MAX_CHARACTERS = 4_000;
    /** A slice is asked for from half a window after its end on, by a service that looks once a second. */
    static final long MIN_WINDOW_MILLIS = 2_000;

    private QueryRules() {}

    /** The query over one slice. */
    public static String over(String promql, long sliceMillis) {
        return promql.replace(SLICE, sliceMillis + "ms");
    }

    static void check(OnlineSpec online) {
        List<Guardrail> guardrails = online.getGuardrails();
        check(online.getMetric(), online, "online.metric");
        IntStream.range(0, guardrails.size())
                .forEach(i -> check(guardrails.get(i).getMetric(), online, "online.guardrails[" + i + "].metric"));
    }

    private static void check(Metric metric, OnlineSpec online, String field) {
        String promql = metric.getPromql();
        if (promql != null) {
            query(promql, online, field + ".promql");
            OnlineRules.require(
                    metric.getAggregate() == Aggregate.MEAN,
                    field + ".aggregate",
                    "must be MEAN for a query, which has one value for each slice",
                    "compute rates and quantiles in the query");
            source(metric, online, field);
        }
    }

    private static void query(String promql, OnlineSpec online, String field) {
        OnlineRules.require(
                online.getSliceMillis() > 0,
                field,
                "is for studies that slice time, because a query measures the whole system",
                "set slice, such as slice: 10m, or report the metric");
        OnlineRules.require(
                online.getWindowMillis() >= MIN_WINDOW_MILLIS,
                "online.window",
                "must be at least " + MIN_WINDOW_MILLIS + " ms for a query, which is asked half a window after a slice",
                "make it longer than a restart of Prometheus and of the feedback service takes, such as 5m");
        OnlineRules.require(
                !promql.isBlank() && promql.length() <= MAX_CHARACTERS && isText(promql),
                field,
                "must be 1 to " + MAX_CHARACTERS + " characters without control characters, not " + promql.length());
        OnlineRules.require(
                promql.contains(SLICE),
                field,
                "does not say over which time it is; " + SLICE + " stands for the slice's length",
                "write, for example, sum(rate(errors_total[" + SLICE + "]))");
    }

    private static boolean isText(String promql) {
        return promql.chars().allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c));
    }

    /** Values are told apart by the metric's name alone. */
    private static void source(Metric metric, OnlineSpec online, String field) {
        OnlineRules.require(
                metrics(online)
                        .filter(other -> other.getName().equals(metric.getName()))
                        .map(Metric::getPromql)
                        .allMatch(other -> Objects.equals(other, metric.getPromql())),
                field + ".name",
                "is the name of another metric, too, which is measured otherwise",
                "give each its own");
        OnlineRules.require(
                online.getTelemetry().stream()
                        .noneMatch(stream -> stream.getMetric().equals(metric.getName())),
                field + ".promql",
                "cannot be combined with telemetry of the same metric",
                "remove one of them");
    }

    private static Stream<Metric> metrics(OnlineSpec online) {
        return Stream.concat(
                Stream.of(online.getMetric()), online.getGuardrails().stream().map(Guardrail::getMetric));
    }

    /** The query of a metric; null if it is reported, or the study has no such metric. */
    public static @Nullable String promql(OnlineSpec online, String metric) {
        return metrics(online)
                .filter(each -> each.getName().equals(metric))
                .map(Metric::getPromql)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
