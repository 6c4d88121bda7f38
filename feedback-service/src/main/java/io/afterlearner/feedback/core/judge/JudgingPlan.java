package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import java.util.List;

/**
 * The settings of a study that the judge needs.
 *
 * @param initial ℵ₀
 * @param slots number of candidates explored at once, at least 1
 * @param budget number of candidates that the optimizer may ask for in total, extensions included
 * @param metric the metric to improve
 * @param guardrails metrics that must not get worse
 * @param windowMillis attribution window
 * @param earlyMillis age of the exposures that candidates are told by, below the window; 0 if they are told by whole windows
 * @param exposures exposures per candidate until it is told
 * @param confidence of a promotion, in (0, 1)
 * @param approval whether a person approves each promotion
 * @param exposureLimit exploration stops after this many exposures to candidates; 0 is no limit
 * @param deadlineMillis exploration stops at this time, epoch milliseconds; 0 is never
 * @param pace how fast it may change what is served
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
        long earlyMillis,
        long exposures,
        double confidence,
        boolean approval,
        long exposureLimit,
        long deadlineMillis,
        Pace pace) {
    /** Exposures of control without which no candidate is told. */
    public static final long MIN_CONTROL_EXPOSURES = 30;
    /** Exposures of a duel of which nothing is known beforehand, as a multiple of a candidate's. */
    static final int DUEL_EXPOSURES = 10;

    private static final int MAX_DUEL_EXPOSURES = 100;

    private static final long MAX_LATENESS_MILLIS = 3_600_000;

    /** Exposures of a drift block, as a multiple of a candidate's. */
    static final int DRIFT_EXPOSURES = 5;

    public JudgingPlan {
        initial = List.copyOf(initial);
        guardrails = List.copyOf(guardrails);
    }

    /** Whether candidates are told before the windows of their exposures are over. */
    public boolean isToldEarly() {
        return earlyMillis > 0;
    }

    /** How long after its assignment, or the end of its horizon, an exposure counts. */
    public long ageMillis(boolean early) {
        return early ? earlyMillis : windowMillis;
    }

    /** The same for the candidates that are told. */
    public long toldAgeMillis() {
        return ageMillis(isToldEarly());
    }

    /** Reports of exposures of this age that come so much later are not waited for. */
    public long latenessMillis(long ageMillis) {
        return Math.min(ageMillis, MAX_LATENESS_MILLIS);
    }

    JudgingPlan withBudget(long another) {
        return with(another, metric);
    }

    /** The same with another range of the metric to improve, such as one that ends at its cap. */
    public JudgingPlan withMetric(Metric another) {
        return with(budget, another);
    }

    private JudgingPlan with(long budget, Metric metric) {
        return new JudgingPlan(
                initial,
                controlShare,
                exploreShare,
                slots,
                budget,
                metric,
                guardrails,
                windowMillis,
                earlyMillis,
                exposures,
                confidence,
                approval,
                exposureLimit,
                deadlineMillis,
                pace);
    }

    public double alpha() {
        return 1 - confidence;
    }

    /** The comparison by the study's metric and confidence. */
    Comparison comparison() {
        return new Comparison(metric, alpha());
    }

    /** Error budget of each guardrail, so that all of them together keep the confidence. */
    double breakAlpha() {
        return alpha() / Math.max(1, guardrails.size());
    }

    /** Maximum number of slots of a duel. */
    public int duelSlots() {
        return Math.max(1, slots / 2);
    }

    /** Exposures of control, or of the champion, per block of drift detection. */
    long driftBlock() {
        return DRIFT_EXPOSURES * exposures;
    }

    /** Share of units per slot. */
    public double slotShare() {
        return exploreShare / slots;
    }

    /** A duel that needs more is not worth it: half of what all candidates take, or 100 times as much as one. */
    public long mostDuelExposures() {
        return exposures * Math.max(DUEL_EXPOSURES, Math.min(budget / 2, MAX_DUEL_EXPOSURES));
    }

    /** A winner waits for at most so many exposures until its guardrails are shown to be kept. */
    public long longestWait() {
        return Promotion.LONGEST_WAIT * mostDuelExposures();
    }

    /** The metric of a tally: the one to improve first, then each guardrail's. */
    Metric metric(int index) {
        return index == 0 ? metric : guardrails.get(index - 1).metric();
    }

    /** Number of tallies per arm: the metric to improve first, then each guardrail's. */
    int metrics() {
        return 1 + guardrails.size();
    }
}
