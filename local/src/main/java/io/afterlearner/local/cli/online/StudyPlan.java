package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Baseline;
import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.forecast.Traffic;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Metric.Aggregate;
import io.afterlearner.feedback.core.statistics.Range;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A study with its traffic and the forecast of it.
 *
 * @param judging as the feedback service reads the spec
 */
record StudyPlan(StudySpec spec, JudgingPlan judging, Traffic traffic, Forecast forecast) {
    private static final double MOST_UNITS = 1e9;
    private static final double MOST_VISITS = 1e6;

    /** @throws InputException if the options do not fit the study */
    static StudyPlan of(StudySpec spec, TrafficOptions options) {
        OnlineSpec online = Objects.requireNonNull(spec.getOnline());
        JudgingPlan judging = JudgingPlans.plan(spec, online);
        Traffic traffic = traffic(online, options);
        String goal = metric(online, online.getMetric());
        Baseline baseline = baseline(
                "--baseline",
                "--sd",
                goal,
                judging.metric(),
                isRate(online.getMetric()),
                required("--baseline", options.baseline, "the level of " + goal + ", such as --baseline 0.04"),
                options.deviation);
        List<@Nullable Baseline> guardrails = guardrails(online, judging, options.guardrails);
        return new StudyPlan(
                spec,
                judging,
                traffic,
                new Forecast(judging, traffic, baseline, guardrails, spec.getCreatedAtMillis()));
    }

    OnlineSpec online() {
        return Objects.requireNonNull(spec.getOnline());
    }

    /** Whether units are slices of time: what the judge compares is then one value per slice. */
    boolean isSliced() {
        return isSliced(online());
    }

    private static boolean isSliced(OnlineSpec online) {
        return online.getSliceMillis() > 0;
    }

    /** A metric for people, such as {@code p95 of latencyMillis}, or {@code p95 of latencyMillis per slice}. */
    static String metric(OnlineSpec online, io.afterlearner.schemas.Metric metric) {
        String name = switch (metric.getAggregate()) {
            case P50, P95, P99 -> metric.getAggregate().name().toLowerCase(Locale.ROOT) + " of " + metric.getName();
            default -> metric.getName();
        };
        return isSliced(online) ? name + " per slice" : name;
    }

    private static Traffic traffic(OnlineSpec online, TrafficOptions options) {
        if (isSliced(online)) {
            if (options.unitsPerDay != null || options.visitsPerUnit != null) {
                throw wrong(
                        "--units-per-day and --visits-per-unit are not for a study with online.slice, whose units are slices of"
                                + " time; omit them");
            }
            return Traffic.ofSlices(online.getSliceMillis());
        }
        double units = within(
                "--units-per-day",
                required("--units-per-day", options.unitsPerDay, "the units that come in a day, such as 5000"),
                MOST_UNITS);
        double visits =
                options.visitsPerUnit == null ? 1 : within("--visits-per-unit", options.visitsPerUnit, MOST_VISITS);
        return Traffic.of(units, visits, JudgingPlans.horizonMillis(online));
    }

    private static double within(String option, double value, double most) {
        if (!(value >= 1 && value <= most)) {
            throw wrong(option + " must be 1 to " + Words.number(most) + ", not " + value
                    + "; give a number in this range");
        }
        return value;
    }

    private static double required(String option, @Nullable Double value, String what) {
        if (value == null) {
            throw wrong(option + " is missing; give " + what);
        }
        return value;
    }

    private static List<@Nullable Baseline> guardrails(
            OnlineSpec online, JudgingPlan judging, Map<String, String> stated) {
        List<String> names = online.getGuardrails().stream()
                .map(guardrail -> guardrail.getMetric().getName())
                .toList();
        stated.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw wrong("--guardrail " + name + ": no guardrail has this metric; "
                            + (names.isEmpty() ? "the study has none, omit it" : "use one of " + names));
                });
        List<@Nullable Baseline> baselines = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            io.afterlearner.schemas.Metric metric =
                    online.getGuardrails().get(i).getMetric();
            String text = stated.get(names.get(i));
            baselines.add(
                    text == null
                            ? null
                            : guardrail(
                                    online, metric, judging.guardrails().get(i).metric(), text));
        }
        return baselines;
    }

    private static Baseline guardrail(
            OnlineSpec online, io.afterlearner.schemas.Metric stated, Metric metric, String text) {
        String option = "--guardrail " + stated.getName();
        String[] parts = text.split(",", -1);
        try {
            double mean = Double.parseDouble(parts[0]);
            Double deviation = parts.length == 1 ? null : Double.valueOf(parts[1]);
            if (parts.length <= 2) {
                return baseline(option, option, metric(online, stated), metric, isRate(stated), mean, deviation);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(option + "=" + text + " is not MEAN or MEAN,SD; write, for example, " + option + "=120,60");
    }

    private static Baseline baseline(
            String option,
            String deviationOption,
            String name,
            Metric metric,
            boolean isRate,
            double mean,
            @Nullable Double deviation) {
        Range range = metric.range();
        boolean isQuantile = metric.aggregate() != Aggregate.MEAN;
        if (!(mean >= range.low() && mean <= range.high()) || mean == 0) {
            throw wrong(option + ": the mean of " + name + " must lie within its range of " + range.low() + " to "
                    + range.high() + " and not be 0, because lifts and limits are relative to it, not " + mean
                    + "; give the mean of the values with the shipped model");
        }
        if (isRate) {
            if (deviation != null || mean == 1) {
                throw wrong(deviationOption + ": " + name
                        + " is a rate, which is below 1 and needs no standard deviation; give" + " its level alone");
            }
            return Baseline.rate(mean);
        }
        if (deviation == null) {
            throw wrong(deviationOption + ": the standard deviation of " + name + " is missing; give " + deviationOption
                    + (option.equals(deviationOption) ? "=" + mean + ",SD" : " SD"));
        }
        double most = isQuantile ? Double.MAX_VALUE : Baseline.mostDeviation(mean, range);
        if (!(deviation > 0 && deviation <= most)) {
            throw wrong(deviationOption + ": the standard deviation of " + name + " must be above 0"
                    + (isQuantile ? "" : " and at most " + most + " with this mean and range") + ", not " + deviation
                    + "; give that of the values with the shipped model");
        }
        return new Baseline(mean, deviation);
    }

    private static boolean isRate(io.afterlearner.schemas.Metric metric) {
        return metric.getAggregate() == io.afterlearner.schemas.Aggregate.RATE;
    }

    private static InputException wrong(String what) {
        return new InputException("afterlearner: " + what);
    }
}
