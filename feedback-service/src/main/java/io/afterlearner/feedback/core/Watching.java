package io.afterlearner.feedback.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether the champion stays champion, and whether the world stays as it is. */
final class Watching {

    private Watching() {}

    static void ripened(Course course, Input.Ripened ripened) {
        if (isStale(course, ripened) || course.serving.state() == Serving.State.REVERTED) {
            return;
        }
        Trial before = course.watch.champion();
        course.watch = course.watch.plus(ripened, course.plan);
        Trial after = course.watch.champion();
        boolean look = Looks.isDue(before.own().exposures(), after.own().exposures());
        String wrong = look && after.arm().number() != 0 ? wrong(course.plan, after) : null;
        if (wrong != null) {
            rollBack(course, wrong);
        } else {
            drift(course);
        }
    }

    private static boolean isStale(Course course, Input.Ripened ripened) {
        return ripened.arm() == Arm.CHAMPION
                && ripened.number() != course.serving.champion().number();
    }

    private static @Nullable String wrong(Plan plan, Trial champion) {
        String broken = Guard.broken(plan, champion);
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
    private static void rollBack(Course course, String wrong) {
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

    private static void drift(Course course) {
        Drift.Shift control = course.watch.controlDrift().moved();
        Drift.Shift champion = course.watch.championDrift().moved();
        if (control != null) {
            drifted(course, "control", control);
        } else if (champion != null) {
            drifted(course, "the champion", champion);
        }
    }

    /** Who lost may win now, and who was winning did so in another world. */
    private static void drifted(Course course, String who, Drift.Shift shift) {
        Range range = course.plan.metric().range();
        String reason = String.format(
                Locale.ROOT,
                "%s of %s moved from %.4g to %.4g",
                course.plan.metric().name(),
                who,
                range.value(shift.from()),
                range.value(shift.to()));
        ArmValues champion = course.serving.champion();
        Trial duel = course.contest.duel();
        if (duel != null) {
            course.serving = course.serving.without(duel.arm().number());
        }
        course.contest = Contest.NONE;
        course.watch = Watch.over(champion.since(course.atMillis), course.plan);
        course.audit(Output.Action.DRIFT, reason, champion, champion);
        course.say(new Output.Reopen(reason));
    }
}
