package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Baseline;
import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.forecast.Traffic;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.RatioRules;
import io.afterlearner.schemas.StudySpec;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A study with its traffic and the forecast of it.
 *
 * @param judging as the feedback service reads the spec
 * @param baseline of the metric
 * @param guardrails baselines in the order of the study's guardrails; null if unknown
 */
record StudyPlan(
        StudySpec spec,
        JudgingPlan judging,
        Traffic traffic,
        Baseline baseline,
        List<@Nullable Baseline> guardrails,
        Forecast forecast) {
    private static final List<Double> LIFTS = List.of(Advice.USUAL_LIFT, 0.1, 0.2, 0.4);
    /** The least lift that may be planned. */
    static final double LEAST_LIFT = 0.001;

    /** @throws InputException if the options do not fit the study */
    static StudyPlan of(StudySpec spec, TrafficOptions options) {
        OnlineSpec online = Objects.requireNonNull(spec.getOnline());
        JudgingPlan judging = JudgingPlans.plan(spec, online);
        Traffic traffic = StatedTraffic.of(online, options);
        Baseline baseline = StatedBaselines.goal(online, judging, options);
        List<@Nullable Baseline> guardrails = StatedBaselines.guardrails(online, judging, options.guardrails);
        return of(spec, judging, traffic, baseline, guardrails);
    }

    private static StudyPlan of(
            StudySpec spec,
            JudgingPlan judging,
            Traffic traffic,
            Baseline baseline,
            List<@Nullable Baseline> guardrails) {
        Forecast forecast = new Forecast(
                judging,
                traffic,
                baseline,
                guardrails,
                spec.getCreatedAtMillis(),
                spec.getEvaluation().getTimeoutMillis());
        return new StudyPlan(spec, judging, traffic, baseline, guardrails, forecast);
    }

    /** The same with another spec, which has the same horizon and slices. */
    StudyPlan with(StudySpec changed) {
        JudgingPlan plan = JudgingPlans.plan(changed, Objects.requireNonNull(changed.getOnline()));
        return of(changed, plan, traffic, baseline, guardrails);
    }

    /** The same with another online section, which has the same horizon and slices. */
    StudyPlan with(OnlineSpec changed) {
        return with(StudySpec.newBuilder(spec).setOnline(changed).build());
    }

    /** The same with other baselines of its guardrails. */
    StudyPlan knowing(List<@Nullable Baseline> others) {
        return of(spec, judging, traffic, baseline, others);
    }

    /** The same as if nothing were known of its guardrails. */
    StudyPlan withoutGuardrails() {
        return knowing(Collections.nCopies(guardrails.size(), null));
    }

    /** What is planned unless somebody asks for other lifts: usual ones, as far as the metric's range goes. */
    List<Double> usualLifts() {
        double most = forecast.mostLift();
        List<Double> usual = LIFTS.stream().filter(lift -> lift <= most).toList();
        return usual.isEmpty() && most >= LEAST_LIFT ? List.of(most / 2, most) : usual;
    }

    OnlineSpec online() {
        return Objects.requireNonNull(spec.getOnline());
    }

    /** Whether units are slices of time: what the judge compares is then one value per slice. */
    boolean isSliced() {
        return isSliced(online());
    }

    static boolean isSliced(OnlineSpec online) {
        return online.getSliceMillis() > 0;
    }

    /**
     * A metric for people, such as {@code p95 of latencyMillis}, or {@code p95 of latencyMillis per slice}. A rate counts slices that
     * have any value above 0.
     */
    static String metric(OnlineSpec online, io.afterlearner.schemas.Metric metric) {
        String name = switch (metric.getAggregate()) {
            case P50, P95, P99 -> metric.getAggregate().name().toLowerCase(Locale.ROOT) + " of " + metric.getName();
            default -> RatioRules.name(metric);
        };
        if (!isSliced(online)) {
            return name;
        }
        return metric.getAggregate() == Aggregate.RATE ? "slices with " + name : name + " per slice";
    }
}
