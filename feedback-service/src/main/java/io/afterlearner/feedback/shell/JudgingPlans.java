package io.afterlearner.feedback.shell;

import io.afterlearner.feedback.core.exposure.Attribution;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.judge.Pace;
import io.afterlearner.feedback.core.metric.Adjustment;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.statistics.Range;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.Denominator;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Unit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Translates a spec's online section for the core. */
public final class JudgingPlans {

    private JudgingPlans() {}

    /** @throws IllegalArgumentException if the spec has settings that this version does not know; one line */
    public static JudgingPlan plan(StudySpec spec, OnlineSpec online) {
        return new JudgingPlan(
                spec.getAleph().stream().flatMap(g -> g.getInitial().stream()).toList(),
                online.getControlShare(),
                online.getExploreShare(),
                spec.getOptimizer().getParallelism(),
                spec.getOptimizer().getBudget(),
                counted(online, online.getMetric()),
                online.getGuardrails().stream()
                        .map(guardrail -> guardrail(online, guardrail))
                        .toList(),
                online.getWindowMillis(),
                online.getTellAfterMillis(),
                online.getExposures(),
                online.getConfidence(),
                online.getApproval(),
                online.getExposureLimit(),
                online.getDeadlineMillis(),
                new Pace(
                        online.getPace().getMinimumRunMillis(),
                        online.getPace().getCycleMillis(),
                        online.getPace().getRamp()));
    }

    /** How long a unit keeps its arm; 0 if units do not return. */
    public static long horizonMillis(OnlineSpec online) {
        if (online.getUnit() == Unit.REQUEST || online.getSliceMillis() > 0) {
            return 0;
        }
        long stated = online.getPace().getHorizonMillis();
        return stated == 0 ? online.getWindowMillis() : stated;
    }

    public static Guardrail guardrail(OnlineSpec online, io.afterlearner.schemas.Guardrail guardrail) {
        return new Guardrail(counted(online, guardrail.getMetric()), guardrail.getLimit());
    }

    /** What the judge compares. A slice is one observation, whatever the number of its reports. */
    private static Metric counted(OnlineSpec online, io.afterlearner.schemas.Metric metric) {
        return online.getSliceMillis() > 0 ? metric(metric).ofSlices() : metric(metric);
    }

    /** The metric to improve first, then each guardrail's. */
    public static List<Attribution> attributions(OnlineSpec online) {
        return Stream.concat(
                        Stream.of(online.getMetric()),
                        online.getGuardrails().stream().map(io.afterlearner.schemas.Guardrail::getMetric))
                .map(JudgingPlans::attribution)
                .toList();
    }

    private static Attribution attribution(io.afterlearner.schemas.Metric metric) {
        Attribution.Pooling pooling = switch (metric.getAggregate()) {
            case MEAN -> Attribution.Pooling.MEAN;
            case SUM -> Attribution.Pooling.SUM;
            case RATE -> Attribution.Pooling.ANY;
            case P50, P95, P99 -> Attribution.Pooling.EACH;
            case RATIO -> Attribution.Pooling.RATIO;
            case UNKNOWN -> throw unknown(metric, "aggregate");
        };
        return new Attribution(metric(metric), pooling, metric.getSilence() == null ? Double.NaN : metric.getSilence());
    }

    private static Metric metric(io.afterlearner.schemas.Metric metric) {
        if (metric.getGoal() == Goal.UNKNOWN) {
            throw unknown(metric, "goal");
        }
        boolean isRate = metric.getAggregate() == Aggregate.RATE;
        return new Metric(
                metric.getName(),
                aggregate(metric),
                metric.getGoal() == Goal.MAXIMIZE,
                isRate ? new Range(0, 1) : new Range(metric.getLow(), metric.getHigh()),
                metric.getWinsorise(),
                per(metric),
                adjustment(metric));
    }

    /** How values are adjusted is found by the study's first values. */
    private static @Nullable Adjustment adjustment(io.afterlearner.schemas.Metric metric) {
        return switch (metric.getCovariate()) {
            case NONE -> null;
            case PAST -> Adjustment.NONE;
            case UNKNOWN -> throw unknown(metric, "covariate");
        };
    }

    private static Metric.Aggregate aggregate(io.afterlearner.schemas.Metric metric) {
        return switch (metric.getAggregate()) {
            case MEAN, SUM, RATE -> Metric.Aggregate.MEAN;
            case P50, P95, P99, RATIO ->
                Metric.Aggregate.valueOf(metric.getAggregate().name());
            case UNKNOWN -> throw unknown(metric, "aggregate");
        };
    }

    private static Metric.@Nullable Per per(io.afterlearner.schemas.Metric metric) {
        Denominator per = metric.getPer();
        return per == null ? null : new Metric.Per(per.getName(), per.getMost());
    }

    private static IllegalArgumentException unknown(io.afterlearner.schemas.Metric metric, String field) {
        return new IllegalArgumentException("metric " + metric.getName() + ": its " + field
                + " is unknown to this version; upgrade the feedback service");
    }
}
