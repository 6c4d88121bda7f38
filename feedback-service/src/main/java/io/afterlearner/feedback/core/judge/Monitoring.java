package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.DriftDetector;
import io.afterlearner.feedback.core.statistics.LookSchedule;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether the champion stays champion, and whether the world stays as it is. */
final class Monitoring {

    private Monitoring() {}

    static void ripened(Transition course, Input.Ripened ripened) {
        if (isStale(course, ripened) || course.serving.state() == Serving.State.REVERTED) {
            return;
        }
        ArmMeasurement before = course.watch.champion();
        course.watch = course.watch.plus(ripened, course.plan);
        ArmMeasurement after = course.watch.champion();
        boolean look = LookSchedule.isDue(before.own().exposures(), after.own().exposures());
        String wrong = look && after.arm().number() != 0 ? wrong(course.plan, after) : null;
        if (wrong != null) {
            rollBack(course, wrong);
        } else {
            drift(course);
        }
    }

    private static boolean isStale(Transition course, Input.Ripened ripened) {
        return ripened.arm() == Arm.CHAMPION
                && ripened.number() != course.serving.champion().number();
    }

    private static @Nullable String wrong(JudgingPlan plan, ArmMeasurement champion) {
        String broken = GuardrailChecks.broken(plan, champion);
        if (broken != null) {
            return broken;
        }
        Comparison comparison = new Comparison(plan.metric(), plan.alpha());
        Tally own = champion.own().goal();
        Tally control = champion.control().goal();
        return comparison.isWorse(own, control)
                ? String.format(
                        Locale.ROOT,
                        "worse than control by %.4g ± %.4g (%d and %d values)",
                        comparison.loss(own, control),
                        comparison.standardError(own, control),
                        own.count(),
                        control.count())
                : null;
    }

    /** To ℵ₀, the only one known to be safe whatever changed. */
    private static void rollBack(Transition course, String wrong) {
        ArmValues before = course.serving.champion();
        course.contest = course.contest.dismissing(before);
        course.crown(course.serving.control());
        course.audit(
                Output.Action.ROLLBACK,
                "champion " + before.number() + ": " + wrong,
                before,
                course.serving.champion());
        // What searched around the champion that failed would go on there, wherever the region's centre is.
        course.say(new Output.Reopen("champion " + before.number() + " was rolled back"));
        // A duel was with the one before.
        course.restart(t -> t.equals(course.contest.duel()));
    }

    private static void drift(Transition course) {
        DriftDetector.Shift control = course.watch.controlDrift().moved();
        DriftDetector.Shift champion = course.watch.championDrift().moved();
        if (control != null) {
            drifted(course, "control", control);
        } else if (champion != null) {
            drifted(course, "the champion", champion);
        }
    }

    /** Who lost may win now, and who was winning did so in another world. */
    private static void drifted(Transition course, String who, DriftDetector.Shift shift) {
        Range range = course.plan.metric().range();
        String reason = String.format(
                Locale.ROOT,
                "%s of %s moved from %.4g to %.4g",
                course.plan.metric().name(),
                who,
                range.value(shift.from()),
                range.value(shift.to()));
        ArmValues champion = course.serving.champion();
        ArmMeasurement duel = course.contest.duel();
        if (duel != null) {
            course.serving = course.serving.without(duel.arm().number());
        }
        course.contest = Contest.NONE;
        course.watch = ChampionWatch.over(champion.since(course.atMillis), course.plan);
        course.audit(Output.Action.DRIFT, reason, champion, champion);
        course.say(new Output.Reopen(reason));
    }
}
