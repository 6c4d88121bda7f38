package io.afterlearner.feedback.core.judge;

import java.util.List;

/**
 * Where an online study stands: all that {@link Judge} folds its inputs into.
 *
 * @param atMillis of the latest input, never going back
 * @param hold why nobody meets a candidate
 * @param silent whether somebody else wrote the arms, so that nothing is written until a person resumes
 * @param waiting candidates without a slot yet, in order; at most {@link #MOST_WAITING}
 * @param trials candidates in their slots, in order
 * @param watch over the champion
 * @param latest number of the candidate that arrived last; -1 before the first
 * @param settled candidates told or failed
 * @param explored exposures of candidates, duels included
 */
public record OnlineState(
        JudgingPlan plan,
        long atMillis,
        Serving serving,
        Hold hold,
        boolean silent,
        List<Input.Arrived> waiting,
        List<ArmMeasurement> trials,
        Contest contest,
        ChampionWatch watch,
        long latest,
        long settled,
        long explored) {
    /** More are failed at once. */
    static final int MOST_WAITING = 1_000;

    public OnlineState {
        waiting = List.copyOf(waiting);
        trials = List.copyOf(trials);
    }
}
