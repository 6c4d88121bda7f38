package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.LookSchedule;
import java.util.List;
import java.util.Locale;

/** When a candidate is told, failed or given up. */
final class Evaluation {
    /** Nothing is said of fewer exposures, of either arm. */
    static final long FEWEST = 30;
    /** Of a false alarm, for each candidate: a study has hundreds, and an alarm stops it. */
    static final double ALARM_ALPHA = 1e-4;

    private Evaluation() {}

    static void ripened(Transition course, Input.Ripened ripened) {
        course.explored += ripened.arm() == Arm.EXPLORE ? ripened.worth().exposures() : 0;
        course.trials.replaceAll(t -> t.plus(ripened, isOf(t, ripened)));
        for (ArmMeasurement trial : List.copyOf(course.trials)) {
            if (isOf(trial, ripened) && ripened.worth().exposures() > 0) {
                long after = trial.own().exposures();
                judge(course, trial, LookSchedule.isDue(after - ripened.worth().exposures(), after));
            }
        }
    }

    private static boolean isOf(ArmMeasurement trial, Input.Ripened ripened) {
        return ripened.arm() == Arm.EXPLORE && trial.arm().number() == ripened.number();
    }

    private static void judge(Transition course, ArmMeasurement trial, boolean look) {
        long number = trial.arm().number();
        if (look && isAlarming(course, trial)) {
            return;
        }
        String broken = look && number != 0 ? GuardrailChecks.broken(course.plan, trial) : null;
        if (broken != null) {
            course.failed(number, broken);
        } else if (isMature(course.plan, trial) || (look && number != 0 && isBad(course.plan, trial))) {
            tell(course, trial);
        }
    }

    private static boolean isMature(JudgingPlan plan, ArmMeasurement trial) {
        return trial.own().exposures() >= plan.exposures() && trial.control().exposures() >= FEWEST;
    }

    private static boolean isBad(JudgingPlan plan, ArmMeasurement trial) {
        return new Comparison(plan.metric(), plan.alpha())
                .isWorse(trial.own().goal(), trial.control().goal());
    }

    private static void tell(Transition course, ArmMeasurement trial) {
        Comparison comparison = new Comparison(course.plan.metric(), course.plan.alpha());
        Tally own = trial.own().goal();
        Tally control = trial.control().goal();
        double loss = comparison.loss(own, control);
        double error = comparison.standardError(own, control);
        if (Double.isFinite(loss) && Double.isFinite(error)) {
            if (loss + error < 0 && GuardrailChecks.seemsKept(course.plan, trial)) {
                course.contest = course.contest.listing(new Contest.Contender(trial.arm(), loss));
            }
            // Who told the optimizer of a gain that can't be had would send it there again and again.
            double worth = GuardrailChecks.seemsBroken(course.plan, trial) ? Math.max(loss, 0) : loss;
            course.told(trial, new Output.Told(trial.arm().number(), worth, error, own.count()));
        } else {
            String reason = "too little was reported: " + own.count() + " values, and " + control.count()
                    + " of control, in " + trial.own().exposures() + " exposures";
            course.failed(trial.arm().number(), reason);
        }
    }

    /** Whether what is measured can't be trusted: then exploring stops. */
    private static boolean isAlarming(Transition course, ArmMeasurement trial) {
        String reason = Alarms.of(course.plan, trial, course.atMillis);
        if (reason == null || !course.isExploring()) {
            return false;
        }
        course.hold(Hold.ALARM);
        course.say(new Output.Alarm(reason));
        ArmValues champion = course.serving.champion();
        course.audit(Output.Action.ALARM, reason, champion, champion);
        return true;
    }

    /** Time went by: the optimizer waits no longer for some. */
    static void expire(Transition course) {
        for (Input.Arrived waiting : List.copyOf(course.waiting)) {
            if (waiting.deadlineMillis() <= course.atMillis) {
                course.failed(waiting.number(), "no slot became free until its deadline");
            }
        }
        for (ArmMeasurement trial : List.copyOf(course.trials)) {
            if (trial.deadlineMillis() <= course.atMillis) {
                course.failed(trial.arm().number(), untold(course.plan, trial));
            }
        }
    }

    private static String untold(JudgingPlan plan, ArmMeasurement trial) {
        return String.format(
                Locale.ROOT,
                "%d of %d exposures had ripened at its deadline",
                trial.own().exposures(),
                plan.exposures());
    }
}
