package io.afterlearner.feedback.api;

import io.afterlearner.feedback.core.judge.Estimate;
import io.afterlearner.feedback.core.judge.OnlineState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of each arm.
 *
 * @param hold why nobody meets a candidate; NONE where somebody does
 * @param explored exposures of candidates
 * @param settled candidates told or failed
 * @param champion since it became it, and control over the same time
 * @param duel who would be champion; null where nobody would
 */
public record StandingJson(
        String study,
        String hold,
        long explored,
        long settled,
        int waiting,
        Measured champion,
        Measured control,
        List<Measured> trials,
        @Nullable Measured duel) {

    /**
     * @param level in the metric's unit; null of nothing
     * @param difference how much better than control over the same time; null where that is not known
     */
    public record Measured(
            long candidate,
            long exposures,
            @Nullable Double level,
            @Nullable Double standardError,
            @Nullable Double difference,
            @Nullable Double differenceError) {
        static Measured of(Estimate e) {
            return new Measured(
                    e.number(),
                    e.exposures(),
                    known(e.level()),
                    known(e.standardError()),
                    known(e.difference()),
                    known(e.differenceError()));
        }

        private static @Nullable Double known(double value) {
            return Double.isFinite(value) ? value : null;
        }
    }

    static StandingJson of(String study, OnlineState state) {
        Estimate duel = Estimate.ofDuel(state);
        return new StandingJson(
                study,
                state.hold().name(),
                state.explored(),
                state.settled(),
                state.waiting().size(),
                Measured.of(Estimate.ofChampion(state)),
                Measured.of(Estimate.ofControl(state)),
                Estimate.ofTrials(state).stream().map(Measured::of).toList(),
                duel == null ? null : Measured.of(duel));
    }
}
