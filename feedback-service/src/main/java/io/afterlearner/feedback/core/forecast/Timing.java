package io.afterlearner.feedback.core.forecast;

import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.judge.Pace;
import io.afterlearner.feedback.core.metric.Calibration;

/**
 * How long candidates and duels take with this traffic, and what the limits of a study leave for them. Times and exposures that are
 * too long for any study are {@link Effort#NEVER}.
 */
public final class Timing {
    private final JudgingPlan plan;
    private final Traffic traffic;
    private final long beginMillis;

    Timing(JudgingPlan plan, Traffic traffic, long beginMillis) {
        this.plan = plan;
        this.traffic = traffic;
        this.beginMillis = beginMillis;
    }

    /**
     * Until the cap of a winsorised metric, or the adjustment by the past of units, is fixed, and the first candidate gets its slot; 0
     * if there is neither. An adjustment may be fixed earlier, depending on how often units return.
     */
    public long calibrationMillis() {
        if (plan.metric().isAdjusted()) {
            return after(traffic.millis((double) Calibration.MOST_VALUES, 1 - plan.exploreShare()));
        }
        return plan.metric().isWinsorised()
                ? after(traffic.millis((double) Calibration.needed(plan.metric().winsorise()), plan.controlShare()))
                : 0;
    }

    /** Until the values of whole windows of a candidate that was told early are known. */
    public long lateMillis() {
        return plan.isToldEarly()
                ? plan.windowMillis() - plan.toldAgeMillis() + plan.latenessMillis(plan.windowMillis())
                : 0;
    }

    /** Until a candidate that got its slot is told. */
    public long candidateMillis() {
        double millis = Math.max(
                traffic.millis((double) plan.exposures(), plan.slotShare()),
                traffic.millis((double) JudgingPlan.MIN_CONTROL_EXPOSURES, plan.controlShare()));
        return after(millis, plan.toldAgeMillis());
    }

    /**
     * What counts was drawn after the arm began, so half a horizon is lost while units are drawn again; the last exposures are
     * counted a window later.
     */
    private long after(double millis) {
        return after(millis, plan.windowMillis());
    }

    private long after(double millis, long ageMillis) {
        return bounded(traffic.horizonMillis() / 2.0 + millis + ageMillis);
    }

    /** From the begin of the study until so many candidates are told, without duels. */
    public long searchMillis(long candidates) {
        return bounded(calibrationMillis() + Math.ceil(candidates / (double) plan.slots()) * candidateMillis());
    }

    /**
     * Until a duel that takes so many exposures of the challenger is over: not before its least run, and at the end of a cycle. Both are
     * times of draws, which are counted a window later.
     */
    public long duelMillis(long exposures) {
        Pace pace = plan.pace();
        double drawn =
                traffic.horizonMillis() / 2.0 + traffic.millis((double) exposures, plan.duelSlots() * plan.slotShare());
        double run = Math.max(drawn, (double) Math.max(pace.minimumRunMillis(), pace.cycleMillis()));
        double cycles = pace.cycleMillis() == 0 ? run : Math.ceil(run / pace.cycleMillis()) * pace.cycleMillis();
        return exposures >= Effort.NEVER ? Effort.NEVER : bounded(cycles + plan.windowMillis());
    }

    /** From a promotion until the new champion serves all its units. */
    public long rampMillis() {
        double share = 1 - plan.controlShare() - plan.exploreShare();
        double sum = plan.pace().ramp().stream()
                .filter(step -> step < 1)
                .mapToDouble(step -> (double) Math.max(
                        after(traffic.millis((double) plan.exposures(), share * step)),
                        plan.pace().minimumRunMillis() + plan.windowMillis()))
                .sum();
        return bounded(sum);
    }

    /** Candidates that can be told before the study's limits end it, at most its budget. */
    public long candidates() {
        double byTime = Math.floor(exploringMillis() / (double) candidateMillis()) * plan.slots();
        double byExposures = plan.exposureLimit() == 0
                ? (double) Effort.NEVER
                : Math.floor(plan.exposureLimit() / candidateExposures());
        return (long) Math.min((double) plan.budget(), Math.min(byTime, byExposures));
    }

    /** Exposures that all candidates take. */
    public long searchExposures() {
        return bounded(plan.budget() * candidateExposures());
    }

    /** A slot is served to units until its candidate is told, so these are more than a candidate needs. */
    private double candidateExposures() {
        return Math.max((double) plan.exposures(), traffic.exposures((double) candidateMillis(), plan.slotShare()));
    }

    /** Exposures that a duel may have: by the judge's plan, and by the limits of the study after a first round of candidates. */
    public long mostDuelExposures() {
        return Math.min(plan.mostDuelExposures(), leftExposures());
    }

    /** Exposures that a winner may wait for its guardrails: as many as the judge lets it, and as the limits of the study leave. */
    public long mostGuardedExposures() {
        return Math.min(plan.longestWait(), leftExposures());
    }

    private long leftExposures() {
        double byTime = traffic.exposures(
                Math.max(0.0, (double) (exploringMillis() - candidateMillis() - lateMillis() - after(0))),
                plan.duelSlots() * plan.slotShare());
        double byExposures = plan.exposureLimit() == 0
                ? (double) Effort.NEVER
                : Math.max(0.0, plan.exposureLimit() - plan.slots() * candidateExposures());
        return bounded(Math.min(leftMillis() >= Effort.NEVER ? (double) Effort.NEVER : byTime, byExposures));
    }

    /** Whether the limits of the study allow exploring for so long. */
    public boolean allows(long millis) {
        return millis <= leftMillis() && (plan.exposureLimit() == 0 || exploredBy(millis) <= plan.exposureLimit());
    }

    /** Exposures to candidates, those of duels included, in the first so many milliseconds of a study. */
    public long exploredBy(long millis) {
        return bounded(traffic.exposures((double) millis, plan.exploreShare()));
    }

    private long exploringMillis() {
        return Math.max(0, leftMillis() - calibrationMillis());
    }

    private long leftMillis() {
        return plan.deadlineMillis() == 0 ? Effort.NEVER : Math.max(0, plan.deadlineMillis() - beginMillis);
    }

    private static long bounded(double value) {
        return (long) Math.min((double) Effort.NEVER, Math.ceil(value));
    }
}
