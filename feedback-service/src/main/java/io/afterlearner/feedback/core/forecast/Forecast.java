package io.afterlearner.feedback.core.forecast;

import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.judge.Contest;
import io.afterlearner.feedback.core.judge.DuelPlanner;
import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * Foretells how long a study takes and what it can show, by the planner, the error budget and the limits that will decide. A
 * candidate's values are assumed to spread like those of the shipped model, and a duel to be the first one of the study.
 */
public final class Forecast {
    private static final double LEAST_LIFT = 1e-4;
    private static final double MOST_ROOM = 16;

    private final JudgingPlan plan;
    private final Timing timing;
    private final long timeoutMillis;
    private final Tally control;
    private final List<@Nullable Guarded> guarded = new ArrayList<>();

    /** What keeps a lift from being promoted. */
    public enum Obstacle {
        /** Nothing does. */
        NONE,
        /** All candidates expire before they are told. */
        TIMEOUT,
        /** Its duel takes more exposures than a duel of the study may have. */
        EXPOSURES,
        /** The study's limits of exposures or time end exploration before. */
        STOP,
        /** A guardrail that has a baseline cannot be shown to be kept. */
        GUARDRAIL
    }

    /**
     * What a duel for a lift takes.
     *
     * @param lift relative to the shipped model's level, for the better
     * @param level of the candidate
     * @param exposures of the candidate until the lift is shown with a probability of 80 %; {@link Effort#NEVER} if it never is
     * @param millis until then
     * @param isTried whether a duel may take so many exposures, by the plan and by the limits of the study
     */
    public record Duel(double lift, double level, long exposures, long millis, boolean isTried) {}

    /**
     * What showing that a guardrail is kept takes.
     *
     * @param exposures of a candidate like the shipped model; {@link Effort#NEVER} if it is never shown
     * @param isPossible whether the limits of the study leave so many
     * @param possibleLimit the strictest limit that could be shown; NaN if none
     */
    public record Guarded(Guardrail guardrail, long exposures, long millis, boolean isPossible, double possibleLimit) {}

    /**
     * @param goal of the winsorised values, if they are
     * @param guardrails baselines in the order of the plan's guardrails; null if unknown
     * @param beginMillis when the study begins, epoch milliseconds
     * @param timeoutMillis a candidate that is not told within this time after it was asked expires
     */
    public Forecast(
            JudgingPlan plan,
            Traffic traffic,
            Baseline goal,
            List<@Nullable Baseline> guardrails,
            long beginMillis,
            long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
        this.plan = plan.withMetric(goal.capped(plan.metric()));
        timing = new Timing(plan, traffic, beginMillis);
        control = goal.tally(this.plan.metric());
        for (int i = 0; i < plan.guardrails().size(); i++) {
            Baseline baseline = guardrails.get(i);
            guarded.add(baseline == null ? null : guarded(plan.guardrails().get(i), baseline));
        }
    }

    public Timing timing() {
        return timing;
    }

    /**
     * Candidates that expire: all of them if one takes longer than the timeout, else those that were asked too long before the first one
     * got its slot.
     */
    public long expired() {
        if (timing.candidateMillis() > timeoutMillis) {
            return plan.budget();
        }
        double rounds = Math.ceil((timing.calibrationMillis() + timing.candidateMillis()) / (double) timeoutMillis) - 1;
        return (long) Math.min((double) plan.budget(), rounds * plan.slots());
    }

    /** Candidates that are told before the study's limits end it. */
    public long told() {
        return Math.min(timing.candidates(), plan.budget() - expired());
    }

    /** By guardrail, in the order of the plan; null if it has no baseline. */
    public List<@Nullable Guarded> guardrails() {
        return Collections.unmodifiableList(guarded);
    }

    /** The level of the shipped model. */
    public double level() {
        return plan.metric().level(control);
    }

    /** The first duel for a lift. */
    public Duel duel(double lift) {
        long exposures = shown(lift);
        double level = level() + (plan.metric().maximized() ? 1 : -1) * lift * Math.abs(level());
        return new Duel(lift, level, exposures, timing.duelMillis(exposures), exposures <= timing.mostDuelExposures());
    }

    /**
     * The least lift, to three digits, that a duel shows with a probability of 80 % within the exposures that it may have; NaN if there
     * is none, or for a quantile, whose duels are not planned by the lift.
     */
    public double detectableLift() {
        double most = mostLift();
        if (!isPlannedByLift() || !(most > LEAST_LIFT) || !isShownInTime(most)) {
            return Double.NaN;
        }
        return Least.digits(LEAST_LIFT, most, this::isShownInTime);
    }

    /** The lift to the better end of the metric's range. */
    public double mostLift() {
        double room = plan.metric().maximized()
                ? plan.metric().range().high() - level()
                : level() - plan.metric().range().low();
        return room / Math.abs(level());
    }

    private boolean isShownInTime(double lift) {
        return shown(lift) <= timing.mostDuelExposures();
    }

    /** Exposures per candidate with which a duel for this lift would be tried, if the study's limits leave the time. */
    public long exposuresFor(double lift) {
        double exposures = Math.ceil(shown(lift) / (double) plan.mostDuelExposures() * plan.exposures());
        return (long) Math.min((double) Effort.NEVER, exposures);
    }

    /** What keeps a lift from being promoted. */
    public Obstacle obstacle(double lift) {
        if (expired() >= plan.budget()) {
            return Obstacle.TIMEOUT;
        }
        long exposures = shown(lift);
        if (exposures > plan.mostDuelExposures()) {
            return Obstacle.EXPOSURES;
        }
        if (exposures > timing.mostDuelExposures()) {
            return Obstacle.STOP;
        }
        if (guarded.stream().anyMatch(one -> one != null && !one.isPossible())) {
            return Obstacle.GUARDRAIL;
        }
        return timing.allows(promoted(lift)) ? Obstacle.NONE : Obstacle.STOP;
    }

    /**
     * Until a lift is promoted: half of all candidates are told, the best of them has the lift, by whole windows, too, and its duel shows that and each
     * guardrail that has a baseline; {@link Effort#NEVER} if there is an obstacle.
     */
    public long promotionMillis(double lift) {
        return obstacle(lift) == Obstacle.NONE ? promoted(lift) : Effort.NEVER;
    }

    private long promoted(double lift) {
        long exposures = guarded.stream()
                .mapToLong(one -> one == null ? 0 : one.exposures())
                .reduce(shown(lift), Math::max);
        return Math.min(
                Effort.NEVER,
                timing.searchMillis((plan.budget() - expired() + 1) / 2)
                        + timing.lateMillis()
                        + timing.duelMillis(exposures));
    }

    /** Duels for a quantile last as long whatever the lift is. */
    public boolean isPlannedByLift() {
        return !plan.metric().aggregate().isQuantile();
    }

    private long shown(double lift) {
        double others = (1 - plan.exploreShare()) / plan.controlShare();
        Tally opponent = control.grown(others);
        return planner(control, opponent).shown(lift * Math.abs(level()), Contest.alpha(plan.alpha(), 1));
    }

    private Guarded guarded(Guardrail guardrail, Baseline baseline) {
        Tally values = baseline.tally(guardrail.metric());
        long exposures = guarded(guardrail, values);
        long most = timing.mostGuardedExposures();
        boolean isPossible = exposures <= most;
        return new Guarded(
                guardrail,
                exposures,
                timing.duelMillis(exposures),
                isPossible,
                isPossible ? guardrail.limit() : possibleLimit(guardrail, values, most));
    }

    private double possibleLimit(Guardrail guardrail, Tally values, long most) {
        double sign = guardrail.metric().maximized() ? -1 : 1;
        // A limit at the end of the range can never be broken.
        double end = guardrail.metric().range().high() / guardrail.metric().level(values) - 1;
        double farthest = guardrail.metric().maximized() ? 1 - LEAST_LIFT : Math.min(MOST_ROOM, (1 - LEAST_LIFT) * end);
        double nearest = Math.max(LEAST_LIFT, Math.abs(guardrail.limit() - 1));
        DoublePredicate isEnough = room -> guarded(new Guardrail(guardrail.metric(), 1 + sign * room), values) <= most;
        return nearest < farthest && isEnough.test(farthest)
                ? 1 + sign * Least.value(nearest, farthest, isEnough)
                : Double.NaN;
    }

    private long guarded(Guardrail guardrail, Tally values) {
        return planner(values, values).guarded(guardrail, values);
    }

    private DuelPlanner planner(Tally values, Tally opponent) {
        return new DuelPlanner(plan, plan.duelSlots(), ExposureTotals.of(values.count(), List.of(values)), opponent, 1);
    }
}
