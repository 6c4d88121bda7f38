package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Baseline;
import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.forecast.Traffic;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Metric.Aggregate;
import io.afterlearner.feedback.core.statistics.Range;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.report.words.Numbers;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Unit;
import io.afterlearner.study.InputException;
import io.afterlearner.study.yaml.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private static final double MOST_UNITS = 1e9;
    private static final double MOST_VISITS = 1e6;
    private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final List<Double> LIFTS = List.of(Advice.USUAL_LIFT, 0.1, 0.2, 0.4);
    /** The least lift that may be planned. */
    static final double LEAST_LIFT = 0.001;

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
        List<@Nullable Baseline> guardrails = guardrails(online, judging, stated(options.guardrails));
        return of(spec, judging, traffic, baseline, guardrails);
    }

    private static StudyPlan of(
            StudySpec spec,
            JudgingPlan judging,
            Traffic traffic,
            Baseline baseline,
            List<@Nullable Baseline> guardrails) {
        Forecast forecast = new Forecast(judging, traffic, baseline, guardrails, spec.getCreatedAtMillis());
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

    private static boolean isSliced(OnlineSpec online) {
        return online.getSliceMillis() > 0;
    }

    /** A metric for people, such as {@code p95 of latencyMillis}, or {@code p95 of latencyMillis per slice}. */
    static String metric(OnlineSpec online, io.afterlearner.schemas.Metric metric) {
        String name = switch (metric.getAggregate()) {
            case P50, P95, P99 -> metric.getAggregate().name().toLowerCase(Locale.ROOT) + " of " + metric.getName();
            case RATIO ->
                metric.getName() + " per "
                        + Objects.requireNonNull(metric.getPer()).getName();
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
        return Traffic.of(units, visits(online, options.visitsPerUnit), JudgingPlans.horizonMillis(online));
    }

    private static double visits(OnlineSpec online, @Nullable Double stated) {
        if (stated == null) {
            return 1;
        }
        if (online.getUnit() == Unit.REQUEST) {
            throw wrong("--visits-per-unit is not for requests, which do not return; omit it");
        }
        double visits = within("--visits-per-unit", stated, MOST_VISITS);
        long horizon = JudgingPlans.horizonMillis(online);
        double most = Math.max(1, DAY_MILLIS / horizon);
        if (visits > most) {
            throw wrong("--visits-per-unit must be at most " + Words.atMost(most) + ", not " + Numbers.of(visits)
                    + ", because all visits within a horizon, which is " + Times.text(horizon)
                    + ", are one observation; count only visits that are at least one horizon apart");
        }
        return visits;
    }

    private static double within(String option, double value, double most) {
        if (!(value >= 1 && value <= most)) {
            throw wrong(option + " must be 1 to " + Words.number(most) + ", not " + Numbers.of(value)
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

    /** @param options METRIC=MEAN[,SD] each */
    private static Map<String, String> stated(List<String> options) {
        Map<String, String> stated = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.lastIndexOf('=');
            if (equals < 1) {
                throw wrong("--guardrail " + option
                        + " is not METRIC=MEAN, which is for a rate, or METRIC=MEAN,SD; write, for example,"
                        + " --guardrail latencyMillis=120,60");
            }
            String name = option.substring(0, equals);
            if (stated.put(name, option.substring(equals + 1)) != null) {
                throw wrong("--guardrail " + name + " is given twice; give the values of each metric once");
            }
        }
        return stated;
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
        throw wrong(option + "=" + text + " is not " + form(stated) + "; write, for example, " + option
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
            throw wrong(option + ": the " + (isRate ? "rate" : "mean") + " of " + name
                    + " must lie within its range of " + Words.exact(range.low()) + " to " + Words.exact(range.high())
                    + " and must not be 0, because lifts and limits are relative to it; it is " + Words.exact(mean)
                    + "; give what the shipped model has");
        }
        if (isRate) {
            if (deviation != null) {
                throw wrong(deviationOption + ": " + name
                        + " is a rate, which needs no standard deviation; give the rate alone");
            }
            if (mean == 1) {
                throw wrong(option + ": the rate of " + name
                        + " must be below 1, because values that are all alike show nothing; it is 1; give what the"
                        + " shipped model has");
            }
            return Baseline.rate(mean);
        }
        if (deviation == null) {
            throw wrong(
                    deviationOption + ": the standard deviation of " + name + " is missing; give " + deviationOption
                            + (option.equals(deviationOption) ? "=" + Words.exact(mean) + ",SD" : " SD")
                            + (metric.per() == null
                                    ? ""
                                    : ": for a ratio the standard error of its estimate times the square root of the exposures"));
        }
        double most = isBounded ? Baseline.mostDeviation(mean, range) : Double.MAX_VALUE;
        if (!(deviation > 0 && deviation <= most)) {
            throw wrong(deviationOption + ": the standard deviation of " + name + " must be above 0"
                    + (isBounded ? " and at most " + Words.atMost(most) + " with this mean and range" : "") + ", not "
                    + Words.exact(deviation) + "; give that of the values with the shipped model");
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
