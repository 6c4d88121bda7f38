package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Baseline;
import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.metric.Metric.Aggregate;
import io.afterlearner.feedback.core.statistics.Range;
import io.afterlearner.schemas.Guardrail;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the range of a metric is the reason that something takes many exposures: until many values are known, the judge assumes that
 * they spread over the whole range.
 */
final class Ranges {
    /** So many standard deviations around the mean hold nearly all values. */
    private static final double SPREAD = 5;
    /** A range is a reason if one around the values takes at most this share of the exposures. */
    private static final double MATTERS = 0.5;

    private Ranges() {}

    /** @param lifts that somebody asked for */
    static List<String> advice(StudyPlan plan, List<Double> lifts) {
        List<String> lines = new ArrayList<>();
        String goal = ofGoal(plan, lifts);
        if (goal != null) {
            lines.add(goal);
        }
        for (int i = 0; i < plan.guardrails().size(); i++) {
            Forecast.Guarded guarded = plan.forecast().guardrails().get(i);
            String line = guarded == null || guarded.isPossible() ? null : ofGuardrail(plan, i, guarded);
            if (line != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Of the metric to improve; null if its range is no reason. */
    static @Nullable String ofGoal(StudyPlan plan, List<Double> lifts) {
        return lifts.stream()
                .filter(lift -> !plan.forecast().duel(lift).isTried())
                .sorted(Comparator.reverseOrder())
                .map(lift -> ofGoal(plan, lift))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String ofGoal(StudyPlan plan, double lift) {
        OnlineSpec online = plan.online();
        Forecast.Duel duel = plan.forecast().duel(lift);
        Range narrow = around(plan.judging().metric(), online.getMetric(), plan.baseline(), duel.level());
        if (narrow == null) {
            return null;
        }
        OnlineSpec changed = OnlineSpec.newBuilder(online)
                .setMetric(with(online.getMetric(), narrow))
                .build();
        long exposures = plan.with(changed).forecast().duel(lift).exposures();
        return exposures > MATTERS * duel.exposures()
                ? null
                : line(
                        "online.metric.range",
                        online.getMetric(),
                        narrow,
                        "a duel for " + Words.percent(lift) + " takes",
                        exposures,
                        duel.exposures());
    }

    private static @Nullable String ofGuardrail(StudyPlan plan, int index, Forecast.Guarded guarded) {
        OnlineSpec online = plan.online();
        Guardrail stated = online.getGuardrails().get(index);
        Baseline baseline = plan.guardrails().get(index);
        Range narrow = baseline == null
                ? null
                : around(guarded.guardrail().metric(), stated.getMetric(), baseline, baseline.mean());
        if (narrow == null) {
            return null;
        }
        List<Guardrail> guardrails = new ArrayList<>(online.getGuardrails());
        guardrails.set(index, new Guardrail(with(stated.getMetric(), narrow), stated.getLimit()));
        OnlineSpec changed =
                OnlineSpec.newBuilder(online).setGuardrails(guardrails).build();
        Forecast.Guarded after = plan.with(changed).forecast().guardrails().get(index);
        return after == null || after.exposures() > MATTERS * guarded.exposures()
                ? null
                : line(
                        "online.guardrails[" + index + "].metric.range",
                        stated.getMetric(),
                        narrow,
                        "showing the limit takes",
                        after.exposures(),
                        guarded.exposures());
    }

    private static String line(String key, Metric metric, Range narrow, String what, long exposures, long before) {
        return key + ": " + text(metric.getLow(), metric.getHigh()) + " is much wider than the values of "
                + metric.getName()
                + " spread, which costs exposures; with " + text(narrow.low(), narrow.high()) + " " + what + " "
                + Words.count(exposures) + " instead of " + Words.count(before)
                + ". Values outside a range are clamped, so choose one that holds those of bad candidates, too";
    }

    private static String text(double low, double high) {
        return "[" + Words.exact(low) + ", " + Words.exact(high) + "]";
    }

    /**
     * A range that holds nearly all values, also at another level; null if it is not much narrower, or if the metric has none to
     * choose.
     */
    private static @Nullable Range around(
            io.afterlearner.feedback.core.metric.Metric judged, Metric stated, Baseline baseline, double level) {
        if (judged.aggregate() != Aggregate.MEAN || stated.getAggregate() == io.afterlearner.schemas.Aggregate.RATE) {
            return null;
        }
        double least = Math.min(baseline.mean(), level) - SPREAD * baseline.deviation();
        double most = Math.max(baseline.mean(), level) + SPREAD * baseline.deviation();
        int power = (int) Math.floor(Math.log10(most - least));
        double low = Math.max(stated.getLow(), rounded(least, power, RoundingMode.FLOOR));
        double high = Math.min(stated.getHigh(), rounded(most, power, RoundingMode.CEILING));
        Double silence = stated.getSilence();
        if (silence != null) {
            low = Math.min(low, silence);
            high = Math.max(high, silence);
        }
        return low < high && high - low < MATTERS * judged.range().width() ? new Range(low, high) : null;
    }

    private static double rounded(double value, int power, RoundingMode mode) {
        return new BigDecimal(value).setScale(-power, mode).doubleValue();
    }

    private static Metric with(Metric metric, Range range) {
        return Metric.newBuilder(metric)
                .setLow(range.low())
                .setHigh(range.high())
                .build();
    }
}
