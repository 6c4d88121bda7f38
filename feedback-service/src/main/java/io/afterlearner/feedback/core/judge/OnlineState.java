package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Calibration;
import io.afterlearner.feedback.core.statistics.PoolRatio;
import java.util.List;

/**
 * The state of an online study, which {@link Judge} folds its inputs into.
 *
 * @param atMillis time of the latest input; earlier than that of the input before if the clock was turned back
 * @param hold why no candidate is explored
 * @param silent whether another writer changed the arms; then none are written until a person resumes
 * @param waiting candidates without a slot, in order; at most {@link #MAX_WAITING}
 * @param trials measurements of the candidates in slots, in order
 * @param late if candidates are told early, their measurements by whole windows: of those in slots, and of those on the shortlist
 * @param watch the champion's measurement and drift
 * @param latest number of the latest candidate that arrived; -1 before the first
 * @param settled number of candidates told or failed
 * @param explored number of exposures to candidates, including duels
 * @param calibration how values are winsorised
 * @param pool sample ratio of all candidates together
 */
public record OnlineState(
        JudgingPlan plan,
        long atMillis,
        Serving serving,
        Hold hold,
        boolean silent,
        List<Input.Arrived> waiting,
        List<ArmMeasurement> trials,
        List<LateValues.Late> late,
        Contest contest,
        ChampionWatch watch,
        long latest,
        long settled,
        long explored,
        Calibration calibration,
        PoolRatio pool) {
    /** Further candidates fail at once. */
    static final int MAX_WAITING = 1_000;

    public OnlineState {
        waiting = List.copyOf(waiting);
        trials = List.copyOf(trials);
        late = List.copyOf(late);
    }

    /** The state after the clock was turned back to this time: every measurement began at this time or before. */
    OnlineState notAfter(long nowMillis) {
        if (atMillis <= nowMillis) {
            return this;
        }
        ArmMeasurement duel = contest.duel();
        return new OnlineState(
                plan,
                nowMillis,
                serving,
                hold,
                silent,
                waiting,
                trials.stream().map(trial -> trial.notAfter(nowMillis)).toList(),
                late.stream().map(each -> each.notAfter(nowMillis)).toList(),
                duel == null ? contest : contest.with(duel.notAfter(nowMillis)),
                watch.notAfter(nowMillis),
                latest,
                settled,
                explored,
                calibration,
                pool);
    }
}
