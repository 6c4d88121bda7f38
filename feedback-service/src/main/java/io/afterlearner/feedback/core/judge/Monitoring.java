package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.Binomial;
import io.afterlearner.feedback.core.statistics.DriftDetector;
import io.afterlearner.feedback.core.statistics.LogHistogram;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Monitors the champion: reverts it to ℵ₀ if it got worse, and restarts measurements after a drift. */
final class Monitoring {

    /** How often a drift or a failed champion reopens the search in a study's life. */
    static final int MAX_REOPENED = 3;

    /**
     * Probability of giving up a winner whose slices lack a value no more often than those of others. It is not small, because that loses
     * less than to promote one that breaks what measures it.
     */
    private static final double MISSING_ALPHA = 0.05;

    private Monitoring() {}

    static void ripened(Transition step, Input.Ripened ripened) {
        if (ripened.early()) {
            step.watch = step.watch.heard(ripened);
            checkReports(step);
            return;
        }
        if (step.isOfFormerChampion(ripened) || step.serving.state() == Serving.State.REVERTED) {
            return;
        }
        ArmMeasurement before = step.watch.champion();
        step.watch = step.watch.plus(ripened, step.plan);
        checkReports(step);
        ArmMeasurement after = step.watch.champion();
        boolean look =
                ArmMeasurement.isLookDue(before.own().exposures(), after.own().exposures());
        Reason.Defeat defeat = look && after.arm().number() != 0 ? defeat(step.plan, after) : null;
        Reason rates = look && step.isExploring() ? Settlement.reportRates(step.plan, after) : null;
        if (defeat != null) {
            revert(step, defeat);
        } else if (rates != null) {
            step.alarm(Hold.ALARM, rates);
        } else if (!isDrifted(step) && step.serving.isRamping()) {
            ramp(step, after);
        }
    }

    /** Holds exploration while a metric is not reported: what would be measured meanwhile lacks it. */
    static void checkReports(Transition step) {
        Reason missing = step.watch.noReports(step.plan, step.atMillis);
        if (missing != null && step.isExploring()) {
            step.await(Hold.NO_REPORTS, missing);
        } else if (missing == null && step.hold == Hold.NO_REPORTS) {
            step.explore();
            step.audit(Output.Action.RESUME, new Reason.ReportsArrive());
        }
    }

    /** Holds exploration while slices are not measured: a candidate that breaks what is measured must not look harmless. */
    static void queried(Transition step, Reason.@Nullable NoAnswer problem) {
        if (problem != null && step.isExploring() && concerns(step, problem)) {
            step.measurements(t -> t.missing(problem));
            step.await(Hold.NO_ANSWER, problem);
        } else if (problem == null && step.hold == Hold.NO_ANSWER) {
            step.explore();
            step.audit(Output.Action.RESUME, new Reason.Answered());
        }
    }

    /** A slice of an earlier hold counts for no measurement, and its value is missed late. */
    private static boolean concerns(Transition step, Reason.NoAnswer slice) {
        List<ArmMeasurement> running = step.running();
        return running.isEmpty() || running.stream().anyMatch(t -> t.draws().has(slice.beginMillis()));
    }

    /** Why a winner cannot be judged by its slices that have values: too many have none. Null if it can. */
    static Reason.@Nullable Defeat unmeasured(Transition step, ArmMeasurement duel) {
        double own = step.contest.effort().slots() * step.plan.slotShare();
        double share = own / (own + 1 - step.plan.exploreShare());
        ArmMeasurement.Missing missing = duel.missing();
        double tail = Binomial.upperTail(missing.own(), missing.own() + missing.others(), share);
        return tail < MISSING_ALPHA ? new Reason.MoreMissing(missing.own(), missing.others(), share) : null;
    }

    private static Reason.@Nullable Defeat defeat(JudgingPlan plan, ArmMeasurement champion) {
        Reason.Defeat broken = GuardrailChecks.broken(plan, champion);
        if (broken != null) {
            return broken;
        }
        Comparison comparison = plan.comparison();
        Tally own = champion.own().goal();
        Tally control = champion.control().goal();
        return comparison.isWorse(own, control) ? new Reason.Worse(Reason.Figures.of(comparison, own, control)) : null;
    }

    /** Takes the next step of the champion's ramp, when this one has been watched for long enough. */
    private static void ramp(Transition step, ArmMeasurement champion) {
        long run = step.atMillis - champion.arm().sinceMillis() - step.plan.windowMillis();
        if (champion.own().exposures() >= step.plan.exposures()
                && run >= step.plan.pace().minimumRunMillis()) {
            step.rampFurther();
            step.audit(Output.Action.RAMP, new Reason.Ramped(champion.arm().number(), step.serving.rampShare()));
        }
    }

    /**
     * Reverts to ℵ₀, the only candidate known to be safe after any change of the world; from a ramp to the champion that most units
     * still get.
     */
    private static void revert(Transition step, Reason.Defeat defeat) {
        ArmValues before = step.serving.champion();
        step.contest = step.contest.dismissing(before);
        step.crown(step.serving.isRamping() ? step.serving.previous() : step.serving.control());
        step.audit(
                Output.Action.ROLLBACK,
                new Reason.ChampionFailed(before.number(), defeat),
                before,
                step.serving.champion());
        // Otherwise a search around the failed champion would stay there, wherever the trust region's centre is.
        reopen(step, new Reason.ChampionReverted(before.number()));
        // The duel was against the former champion.
        step.restart(t -> t.equals(step.contest.duel()));
    }

    /** Each time the optimizer gets its budget once more, so the number is limited; after that a person may extend the study. */
    private static void reopen(Transition step, Reason reason) {
        if (step.watch.reopened() < MAX_REOPENED) {
            step.watch = step.watch.reopening();
            step.say(new Output.Reopen(reason));
        } else {
            step.audit(Output.Action.DRIFT, new Reason.NotReopened(step.watch.reopened()));
        }
    }

    /** Forgets all results, because losers may win now and winners may lose. A duel goes on: it compares arms over the same time. */
    private static boolean isDrifted(Transition step) {
        DriftDetector.Shift shipped = step.watch.shippedDrift().moved();
        DriftDetector.Shift shift = shipped == null ? step.watch.championDrift().moved() : shipped;
        if (shift == null) {
            return false;
        }
        Reason reason = new Reason.Drifted(step.plan.metric(), shipped == null, shift);
        step.contest = step.contest.drifted();
        step.watchAnew();
        step.audit(Output.Action.DRIFT, reason);
        reopen(step, reason);
        return true;
    }

    /** Takes in values of control, unless exploration is held. When there are enough, the measurements begin, with the values capped. */
    static void calibrate(Transition step, Input.Ripened ripened) {
        if (step.calibration.isOver() || !step.isExploring()) {
            return;
        }
        if (step.plan.metric().isAdjusted()) {
            fit(step, ripened);
            return;
        }
        if (ripened.arm() != Arm.CONTROL) {
            return;
        }
        step.calibration = step.calibration.plus(ripened.totals().goal().bins());
        if (step.calibration.isReady()) {
            fixCap(step, step.calibration.values());
        }
    }

    /** Nobody gets anything but the shipped model yet, so all values count. */
    private static void fit(Transition step, Input.Ripened ripened) {
        step.calibration = step.calibration.plus(ripened.totals().goal());
        if (step.calibration.isFitted()) {
            step.calibration = step.calibration.fitted(step.atMillis);
            step.plan = step.plan.withMetric(
                    step.plan.metric().adjusted(Objects.requireNonNull(step.calibration.adjustment())));
            step.watchAnew();
            step.audit(
                    Output.Action.CALIBRATED,
                    new Reason.Adjusted(
                            step.plan.metric(), step.calibration.pairs().count(), step.calibration.pairless()));
        }
    }

    private static void fixCap(Transition step, LogHistogram values) {
        Metric metric = step.plan.metric();
        double quantile = values.exactQuantile(metric.winsorise());
        // At the lower end of the range all values would be the same.
        boolean canCap = quantile > metric.range().low();
        Metric capped = canCap ? metric.cappedAt(quantile) : metric;
        step.plan = step.plan.withMetric(capped);
        step.calibration = step.calibration.fixed(capped.range().high(), step.atMillis);
        step.watchAnew();
        Reason.Calibrated reason = new Reason.Calibrated(capped, quantile, values.count());
        if (canCap) {
            step.audit(Output.Action.CALIBRATED, reason);
        } else {
            step.alarm(Hold.ALARM, reason);
        }
    }
}
