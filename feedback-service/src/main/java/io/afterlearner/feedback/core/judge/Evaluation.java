package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.LookSchedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates candidates in slots: decides when one is told to the optimizer, and when it fails. */
final class Evaluation {
    /** Minimum exposures of control for a fitness. */
    static final long MIN_CONTROL_EXPOSURES = 30;

    private Evaluation() {}

    static void ripened(Transition step, Input.Ripened ripened) {
        step.explored += ripened.arm() == Arm.EXPLORE ? ripened.totals().exposures() : 0;
        step.trials.replaceAll(t -> t.plus(ripened, isOf(t, ripened)));
        for (ArmMeasurement candidate : List.copyOf(step.trials)) {
            if (isOf(candidate, ripened) && ripened.totals().exposures() > 0) {
                long after = candidate.own().exposures();
                judge(
                        step,
                        candidate,
                        LookSchedule.isDue(after - ripened.totals().exposures(), after));
            }
        }
    }

    private static boolean isOf(ArmMeasurement candidate, Input.Ripened ripened) {
        return ripened.arm() == Arm.EXPLORE && candidate.arm().number() == ripened.number();
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
                && candidate.control().exposures() >= MIN_CONTROL_EXPOSURES;
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
                            own.count(), control.count(), candidate.own().exposures()));
            return;
        }
        if (loss + error < 0 && GuardrailChecks.measuresWithin(step.plan, candidate)) {
            step.contest = step.contest.listing(new Contest.Contender(candidate.arm(), loss));
        }
        // A gain outside a guardrail cannot be used; told as a gain, it would attract the optimizer again and again.
        double fitness = GuardrailChecks.measuresOutside(step.plan, candidate) ? Math.max(loss, 0) : loss;
        step.told(new Output.Told(candidate.arm().number(), fitness, error, own.count()));
    }

    /** Stops exploration if the measurement cannot be trusted. */
    private static boolean raisesAlarm(Transition step, ArmMeasurement candidate) {
        @Nullable Reason reason = Alarms.of(step.plan, candidate, step.atMillis);
        if (reason == null || !step.isExploring()) {
            return false;
        }
        step.hold(Hold.ALARM);
        step.say(new Output.Alarm(reason));
        ArmValues champion = step.serving.champion();
        step.audit(Output.Action.ALARM, reason, champion, champion);
        return true;
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
