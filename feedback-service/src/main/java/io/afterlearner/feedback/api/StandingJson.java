package io.afterlearner.feedback.api;

import io.afterlearner.feedback.core.judge.Estimate;
import io.afterlearner.feedback.core.judge.OnlineState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of each arm so far.
 *
 * @param hold why no candidate is explored; NONE if candidates are explored
 * @param explored number of exposures to candidates
 * @param settled number of candidates told or failed
 * @param champion since its promotion; control over the same time
 * @param duel the challenger; null if there is no duel
 */
public record StandingJson(
        String study,
        String hold,
        long explored,
        long settled,
        int waiting,
        Estimate champion,
        Estimate control,
        List<Estimate> trials,
        @Nullable Estimate duel) {

    static StandingJson of(String study, OnlineState state) {
        return new StandingJson(
                study,
                state.hold().name(),
                state.explored(),
                state.settled(),
                state.waiting().size(),
                Estimate.ofChampion(state),
                Estimate.ofControl(state),
                Estimate.ofTrials(state),
                Estimate.ofDuel(state));
    }
}
