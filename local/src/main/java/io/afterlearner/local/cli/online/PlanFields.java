package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.forecast.Timing;
import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import io.afterlearner.feedback.core.metric.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan as JSON. What never happens, or is unknown, is null. */
final class PlanFields {
    private PlanFields() {}

    static Map<String, @Nullable Object> of(StudyPlan plan, List<Double> lifts, List<String> advice) {
        Forecast forecast = plan.forecast();
        Timing timing = forecast.timing();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", plan.spec().getName());
        fields.put("observationsPerDay", plan.traffic().drawsPerDay());
        fields.put("perSlice", plan.isSliced());
        fields.put("level", forecast.level());
        Metric goal = plan.judging().metric();
        fields.put("winsorise", goal.isWinsorised() ? goal.winsorise() : null);
        fields.put("covariate", goal.isAdjusted() ? "past" : null);
        fields.put("calibrationMillis", known(timing.calibrationMillis()));
        fields.put(
                "tellAfterMillis", plan.judging().isToldEarly() ? plan.judging().earlyMillis() : null);
        fields.put("lateMillis", timing.lateMillis());
        fields.put("candidateMillis", known(timing.candidateMillis()));
        fields.put("searchMillis", known(timing.searchMillis(plan.judging().budget())));
        fields.put("candidates", forecast.told());
        fields.put("expired", forecast.expired());
        fields.put("rampMillis", known(timing.rampMillis()));
        fields.put("mostDuelExposures", known(timing.mostDuelExposures()));
        fields.put("detectableLift", known(forecast.detectableLift()));
        fields.put("duels", lifts.stream().map(lift -> duel(forecast, lift)).toList());
        List<Map<String, @Nullable Object>> guardrails = new ArrayList<>();
        for (int i = 0; i < forecast.guardrails().size(); i++) {
            guardrails.add(guardrail(plan, i, forecast.guardrails().get(i)));
        }
        fields.put("guardrails", guardrails);
        fields.put("advice", advice);
        return fields;
    }

    private static Map<String, @Nullable Object> duel(Forecast forecast, double lift) {
        Forecast.Duel duel = forecast.duel(lift);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("lift", lift);
        fields.put("level", duel.level());
        fields.put("exposures", known(duel.exposures()));
        fields.put("millis", known(duel.millis()));
        fields.put("tried", duel.isTried());
        fields.put("promotionMillis", known(forecast.promotionMillis(lift)));
        Forecast.Obstacle obstacle = forecast.obstacle(lift);
        fields.put("obstacle", obstacle == Forecast.Obstacle.NONE ? null : obstacle.name());
        return fields;
    }

    private static Map<String, @Nullable Object> guardrail(
            StudyPlan plan, int index, Forecast.@Nullable Guarded guarded) {
        io.afterlearner.schemas.Guardrail stated = plan.online().getGuardrails().get(index);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("metric", stated.getMetric().getName());
        fields.put("limit", stated.getLimit());
        fields.put("exposures", guarded == null ? null : known(guarded.exposures()));
        fields.put("millis", guarded == null ? null : known(guarded.millis()));
        fields.put("possible", guarded == null ? null : guarded.isPossible());
        fields.put("possibleLimit", guarded == null ? null : known(guarded.possibleLimit()));
        return fields;
    }

    private static @Nullable Long known(long value) {
        return value >= Effort.NEVER ? null : value;
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
