package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Baseline;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Metric.Aggregate;
import io.afterlearner.feedback.core.statistics.Range;
import io.afterlearner.schemas.OnlineSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the options that say what the shipped model has. Refuses those that do not fit the study. */
final class StatedBaselines {
    private StatedBaselines() {}

    /** Of the metric to improve. */
    static Baseline goal(OnlineSpec online, JudgingPlan judging, TrafficOptions options) {
        String goal = StudyPlan.metric(online, online.getMetric());
        return baseline(
                "--baseline",
                "--sd",
                goal,
                judging.metric(),
                isRate(online.getMetric()),
                TrafficOptions.required(
                        "--baseline", options.baseline, "the level of " + goal + ", such as --baseline 0.04"),
                options.deviation);
    }

    private static Map<String, String> stated(List<String> options) {
        Map<String, String> stated = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.lastIndexOf('=');
            if (equals < 1) {
                throw TrafficOptions.wrong("--guardrail " + option
                        + " is not METRIC=MEAN, which is for a rate, or METRIC=MEAN,SD; write, for example,"
                        + " --guardrail latencyMillis=120,60");
            }
            String name = option.substring(0, equals);
            if (stated.put(name, option.substring(equals + 1)) != null) {
                throw TrafficOptions.wrong(
                        "--guardrail " + name + " is given twice; give the values of each metric once");
            }
        }
        return stated;
    }

    /**
     * In the order of the study's guardrails; null if unknown.
     *
     * @param options METRIC=MEAN[,SD] each
     */
    static List<@Nullable Baseline> guardrails(OnlineSpec online, JudgingPlan judging, List<String> options) {
        Map<String, String> stated = stated(options);
        List<String> names = online.getGuardrails().stream()
                .map(guardrail -> guardrail.getMetric().getName())
                .toList();
        stated.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw TrafficOptions.wrong("--guardrail " + name + ": no guardrail has this metric; "
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
                return baseline(
                        option, option, StudyPlan.metric(online, stated), metric, isRate(stated), mean, deviation);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw TrafficOptions.wrong(option + "=" + text + " is not " + form(stated) + "; write, for example, " + option
                + (isRate(stated) ? "=0.01" : "=120,60"));
    }

    /** What {@code --guardrail} has after the name of a guardrail's metric. */
    static String form(io.afterlearner.schemas.Metric metric) {
        return isRate(metric) ? "RATE" : "MEAN,SD";
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
        // Units of a ratio differ in weight, too.
        boolean isBounded = metric.aggregate() == Aggregate.MEAN;
        if (!(mean >= range.low() && mean <= range.high()) || mean == 0) {
            throw TrafficOptions.wrong(option + ": the " + (isRate ? "rate" : "mean") + " of " + name
                    + " must lie within its range of " + Words.exact(range.low()) + " to " + Words.exact(range.high())
                    + " and must not be 0, because lifts and limits are relative to it; it is " + Words.exact(mean)
                    + "; give what the shipped model has");
        }
        if (isRate) {
            if (deviation != null) {
                throw TrafficOptions.wrong(deviationOption + ": " + name
                        + " is a rate, which needs no standard deviation; give the rate alone");
            }
            if (mean == 1) {
                throw TrafficOptions.wrong(option + ": the rate of " + name
                        + " must be below 1, because values that are all alike show nothing; it is 1; give what the"
                        + " shipped model has");
            }
            return Baseline.rate(mean);
        }
        double most = isBounded ? Baseline.mostDeviation(mean, range) : Double.MAX_VALUE;
        if (most == 0) {
            throw TrafficOptions.wrong(option + ": the mean of " + name
                    + " must not be " + Words.exact(mean)
                    + ", where its range ends, because values that are all alike show"
                    + " nothing; give what the shipped model has, or a wider range");
        }
        if (deviation == null) {
            throw TrafficOptions.wrong(
                    deviationOption + ": the standard deviation of " + name + " is missing; give " + deviationOption
                            + (option.equals(deviationOption) ? "=" + Words.exact(mean) + ",SD" : " SD")
                            + (metric.per() == null
                                    ? ""
                                    : ": for a ratio the standard error of its estimate times the square root of the exposures"));
        }
        if (!(deviation > 0 && deviation <= most)) {
            throw TrafficOptions.wrong(deviationOption + ": the standard deviation of " + name + " must be above 0"
                    + (isBounded ? " and at most " + Words.atMost(most) + " with this mean and range" : "") + ", not "
                    + Words.exact(deviation) + "; give that of the values with the shipped model");
        }
        return new Baseline(mean, deviation);
    }

    private static boolean isRate(io.afterlearner.schemas.Metric metric) {
        return metric.getAggregate() == io.afterlearner.schemas.Aggregate.RATE;
    }
}
