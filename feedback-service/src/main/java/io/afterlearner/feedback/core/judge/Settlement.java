package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ReportCounts;
import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.PoolRatio;
import io.afterlearner.feedback.core.statistics.SampleRatioCheck;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Settles candidates: decides when one is told to the optimizer and when it fails. */
final class Settlement {
    /** False alarm probability per candidate. It is small, because a study has hundreds and an alarm stops it. */
    private static final double ALARM_ALPHA = 1e-4;
    /** False alarm probability of the candidates of a study together. */
    private static final double POOL_ALPHA = 1e-3;

    /** A candidate that was measured for less is not in the pool: arms begin at a slightly different time for each application. */
    private static final long POOLED_MILLIS = 120_000;

    private Settlement() {}

    static void ripened(Transition step, Input.Ripened ripened) {
        if (ripened.early() != step.plan.isToldEarly()) {
            return;
        }
        long settledBefore = step.settled;
        step.explored += ripened.arm() == Arm.EXPLORE ? ripened.totals().exposures() : 0;
        step.trials.replaceAll(t -> t.plus(ripened, t.isOf(ripened)));
        for (ArmMeasurement candidate : List.copyOf(step.trials)) {
            if (candidate.isOf(ripened) && ripened.totals().exposures() > 0) {
                long after = candidate.own().exposures();
                long before = after - ripened.totals().exposures();
                judge(step, candidate, ArmMeasurement.isLookDue(before, after));
            }
        }
        if (step.settled > settledBefore) {
            checkPool(step);
        }
    }

    /** What makes a challenger's measurement wrong; null if nothing does. */
    static @Nullable Reason alarm(Transition step, ArmMeasurement challenger) {
        Reason rates = reportRates(step.plan, challenger);
        return rates == null ? poolMismatch(step) : rates;
    }

    private static @Nullable Reason poolMismatch(Transition step) {
        JudgingPlan plan = step.plan;
        ArmMeasurement duel = step.contest.duel();
        PoolRatio pool = duel == null ? step.pool : pooled(step, duel);
        double share = plan.exploreShare() / (plan.exploreShare() + plan.controlShare());
        return pool.isMismatch(share, POOL_ALPHA)
                ? new Reason.PoolMismatch(
                        pool.explored(), Math.round(pool.control() * plan.exploreShare() / plan.controlShare()))
                : null;
    }

    /** The pool with a candidate or challenger in it. */
    static PoolRatio pooled(Transition step, ArmMeasurement candidate) {
        long age = step.plan.ageMillis(candidate.early());
        long lost = candidate.draws().lostMillis(step.atMillis, age);
        if (step.atMillis - age - candidate.arm().sinceMillis() - lost < POOLED_MILLIS) {
            return step.pool;
        }
        double slots = step.serving.slotsOf(candidate.arm().number());
        return step.pool.plus(candidate.own().exposures(), candidate.control().exposures() * slots / step.plan.slots());
    }

    private static void judge(Transition step, ArmMeasurement candidate, boolean look) {
        long number = candidate.arm().number();
        if (look && raisesAlarm(step, candidate)) {
            return;
        }
        Reason.Failure broken = look && number != 0 ? GuardrailChecks.broken(step.plan, candidate) : null;
        if (broken != null) {
            step.failed(number, broken);
        } else if (isMature(step.plan, candidate) || (look && number != 0 && isWorse(step.plan, candidate))) {
            tell(step, candidate);
        }
    }

    private static boolean isMature(JudgingPlan plan, ArmMeasurement candidate) {
        return candidate.own().exposures() >= plan.exposures()
                && candidate.control().exposures() >= JudgingPlan.MIN_CONTROL_EXPOSURES;
    }

    private static boolean isWorse(JudgingPlan plan, ArmMeasurement candidate) {
        return plan.comparison()
                .isWorse(candidate.own().goal(), candidate.control().goal());
    }

    private static void tell(Transition step, ArmMeasurement candidate) {
        Comparison comparison = step.plan.comparison();
        Tally own = candidate.own().goal();
        Tally control = candidate.control().goal();
        double loss = comparison.loss(own, control);
        double error = comparison.standardError(own, control);
        if (!Double.isFinite(loss) || !Double.isFinite(error)) {
            step.failed(
                    candidate.arm().number(),
                    new Reason.TooFewReports(
                            step.plan.metric().values(own),
                            step.plan.metric().values(control),
                            candidate.own().exposures()));
            return;
        }
        boolean isOther = !candidate.arm().isSame(step.serving.control());
        if (isOther && loss + error < 0 && GuardrailChecks.measuresWithin(step.plan, candidate)) {
            step.contest =
                    step.contest.listing(new Contest.Contender(candidate.arm(), loss, error, step.plan.isToldEarly()));
            LateValues.told(step, candidate);
        }
        // A gain outside a guardrail cannot be used; told as a gain, it would attract the optimizer again and again.
        double fitness = GuardrailChecks.measuresOutside(step.plan, candidate) ? Math.max(loss, 0) : loss;
        step.told(new Output.Told(candidate.arm().number(), fitness, error, own.count()));
    }

    /** Stops exploration if the measurement itself is wrong. */
    private static boolean raisesAlarm(Transition step, ArmMeasurement candidate) {
        Reason reason = step.isExploring() ? alarm(step.plan, candidate) : null;
        if (reason == null) {
            return false;
        }
        step.alarm(Hold.ALARM, reason);
        return true;
    }

    private static @Nullable Reason alarm(JudgingPlan plan, ArmMeasurement candidate) {
        if (isMismatch(plan, candidate)) {
            return new Reason.SampleRatioMismatch(
                    candidate.arm().number(),
                    candidate.own().exposures(),
                    candidate.control().exposures(),
                    plan.slotShare(),
                    plan.controlShare());
        }
        Reason rates = reportRates(plan, candidate);
        if (rates != null) {
            return rates;
        }
        return candidate.arm().number() == 0 && isDifferent(plan, candidate) ? new Reason.ShippedModelDiffers() : null;
    }

    /** What an arm's exposures have a value of more often, or less, than control's; null if nothing. */
    static @Nullable Reason reportRates(JudgingPlan plan, ArmMeasurement arm) {
        return reportRates(
                plan, ReportCounts.of(arm.own(), arm.control()), arm.arm().number(), ALARM_ALPHA);
    }

    private static @Nullable Reason reportRates(JudgingPlan plan, ReportCounts counts, long number, double alpha) {
        OptionalInt metric = counts.differing(alpha);
        if (metric.isEmpty()) {
            return null;
        }
        int i = metric.getAsInt();
        return new Reason.ReportRatesDiffer(
                number,
                plan.metric(i),
                counts.exposures(),
                counts.values().get(i),
                counts.controlExposures(),
                counts.controlValues().get(i));
    }

    /** Small differences are seen only over many candidates. Candidates of a slot follow each other, so their sums are one long sample. */
    private static void checkPool(Transition step) {
        Reason mismatch = poolMismatch(step);
        if (mismatch != null && step.isExploring()) {
            step.alarm(Hold.ALARM, mismatch);
        }
        List<ReportCounts> pool = step.watch.pool();
        for (ReportCounts slot : pool) {
            Reason rates = reportRates(step.plan, slot, Reason.ReportRatesDiffer.ALL, POOL_ALPHA / pool.size());
            if (rates != null && step.isExploring()) {
                step.alarm(Hold.ALARM, rates);
            }
        }
    }

    /** Each exposure is a draw of its own, also of a unit that returns. */
    private static boolean isMismatch(JudgingPlan plan, ArmMeasurement candidate) {
        double share = plan.slotShare() / (plan.slotShare() + plan.controlShare());
        long own = candidate.own().exposures();
        long control = candidate.control().exposures();
        return new SampleRatioCheck(ALARM_ALPHA).isMismatch(new long[] {own, control}, new double[] {share, 1 - share});
    }

    private static boolean isDifferent(JudgingPlan plan, ArmMeasurement candidate) {
        Comparison comparison = new Comparison(plan.metric(), ALARM_ALPHA);
        Tally own = candidate.own().goal();
        Tally control = candidate.control().goal();
        return comparison.isBetter(own, control) || comparison.isWorse(own, control);
    }

    /** Fails candidates whose deadline has passed. */
    static void expire(Transition step) {
        for (Input.Arrived waiting : List.copyOf(step.waiting)) {
            if (waiting.deadlineMillis() <= step.atMillis) {
                step.failed(waiting.number(), new Reason.NoFreeSlot());
            }
        }
        for (ArmMeasurement candidate : List.copyOf(step.trials)) {
            if (candidate.deadlineMillis() <= step.atMillis) {
                step.failed(
                        candidate.arm().number(),
                        new Reason.DeadlinePassed(candidate.own().exposures(), step.plan.exposures()));
            }
        }
    }
}
