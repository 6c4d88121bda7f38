package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The current estimate of an arm. What the exposures so far do not tell is null.
 *
 * @param level in the metric's unit
 * @param difference how much better than control over the same time
 */
public record Estimate(
        long candidate,
        long exposures,
        @Nullable Double level,
        @Nullable Double standardError,
        @Nullable Double difference,
        @Nullable Double differenceError) {

    /** Estimates of the candidates in slots, in order, of at most this many. */
    public static List<Estimate> ofTrials(OnlineState state, int most) {
        return state.trials().stream()
                .limit(most)
                .map(trial -> of(state.plan(), trial))
                .toList();
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
        return of(state.plan().metric(), 0, state.watch().champion().control(), 0, 0);
    }

    private static Estimate of(JudgingPlan plan, ArmMeasurement arm) {
        Tally own = arm.own().goal();
        Tally control = arm.control().goal();
        Comparison comparison = plan.comparison();
        return of(
                plan.metric(),
                arm.arm().number(),
                arm.own(),
                -comparison.loss(own, control),
                comparison.standardError(own, control));
    }

    private static Estimate of(
            Metric metric, long candidate, ExposureTotals own, double difference, double differenceError) {
        return new Estimate(
                candidate,
                own.exposures(),
                known(metric.unadjusted().level(own.goal())),
                known(metric.unadjusted().standardError(own.goal())),
                known(difference),
                known(differenceError));
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
