package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The current estimate of an arm.
 *
 * @param level in the metric's unit; NaN without values
 * @param difference how much better than control over the same time; NaN if unknown
 */
public record Estimate(
        long number, long exposures, double level, double standardError, double difference, double differenceError) {

    /** Estimates of the candidates in slots. */
    public static List<Estimate> ofTrials(OnlineState state) {
        return state.trials().stream().map(trial -> of(state.plan(), trial)).toList();
    }

    /** Estimate of the challenger; null if there is no duel. */
    public static @Nullable Estimate ofDuel(OnlineState state) {
        ArmMeasurement duel = state.contest().duel();
        return duel == null ? null : of(state.plan(), duel);
    }

    /** Estimate of the champion since its promotion. */
    public static Estimate ofChampion(OnlineState state) {
        return of(state.plan(), state.watch().champion());
    }

    /** Estimate of control since the champion's promotion. */
    public static Estimate ofControl(OnlineState state) {
        ExposureTotals control = state.watch().champion().control();
        Metric metric = state.plan().metric();
        return new Estimate(
                0, control.exposures(), metric.level(control.goal()), metric.standardError(control.goal()), 0, 0);
    }

    private static Estimate of(JudgingPlan plan, ArmMeasurement trial) {
        Metric metric = plan.metric();
        Tally own = trial.own().goal();
        Tally control = trial.control().goal();
        Comparison comparison = plan.comparison();
        return new Estimate(
                trial.arm().number(),
                trial.own().exposures(),
                metric.level(own),
                metric.standardError(own),
                -comparison.loss(own, control),
                comparison.standardError(own, control));
    }
}
