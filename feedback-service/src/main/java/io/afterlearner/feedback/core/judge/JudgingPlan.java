package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a study's spec says about judging.
 *
 * @param initial ℵ₀
 * @param slots how many candidates are explored at once, at least 1
 * @param budget how many candidates the optimizer may ask in all, the more where it was given more
 * @param metric what is made better
 * @param guardrails what must not get worse
 * @param windowMillis attribution window
 * @param exposures of a candidate, until it is told
 * @param confidence of every statement a promotion rests on, in (0, 1)
 * @param approval whether a person approves each promotion
 * @param exposureLimit exploring stops after so many exposures of candidates; 0 is no limit
 * @param deadlineMillis exploring stops at this time, epoch milliseconds; 0 is never
 * @param unitsReturn whether the same unit is exposed again and again, so that exposures are not independent
 *     draws of an arm
 */
public record JudgingPlan(
        List<Double> initial,
        double controlShare,
        double exploreShare,
        int slots,
        long budget,
        Metric metric,
        List<Guardrail> guardrails,
        long windowMillis,
        long exposures,
        double confidence,
        boolean approval,
        long exposureLimit,
        long deadlineMillis,
        boolean unitsReturn) {
    /** A duel is given up after so many times a candidate's exposures. */
    static final int DUEL_EXPOSURES = 10;
    /** A block has so many times a candidate's exposures. */
    static final int DRIFT_EXPOSURES = 5;

    public JudgingPlan {
        initial = List.copyOf(initial);
        guardrails = List.copyOf(guardrails);
    }

    JudgingPlan withBudget(long another) {
        return new JudgingPlan(
                initial,
                controlShare,
                exploreShare,
                slots,
                another,
                metric,
                guardrails,
                windowMillis,
                exposures,
                confidence,
                approval,
                exposureLimit,
                deadlineMillis,
                unitsReturn);
    }

    double alpha() {
        return 1 - confidence;
    }

    /** Of each guardrail's breaking, so that all of them together keep the confidence. */
    double breakAlpha() {
        return alpha() / Math.max(1, guardrails.size());
    }

    /** How many slots a duel may take. */
    int duelSlots() {
        return Math.max(1, slots / 2);
    }

    /** Exposures of control, or of the champion, that make a block to look for drift in. */
    long driftBlock() {
        return DRIFT_EXPOSURES * exposures;
    }

    /** Each explored slot's share of the units. */
    double slotShare() {
        return exploreShare / slots;
    }

    long duelExposures() {
        return DUEL_EXPOSURES * exposures;
    }

    /** The metrics that tallies come in: what is made better first, then the guardrails'. */
    public List<Metric> metrics() {
        return Stream.concat(Stream.of(metric), guardrails.stream().map(Guardrail::metric))
                .toList();
    }
}
