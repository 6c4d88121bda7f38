package io.afterlearner.feedback.core;

import org.jspecify.annotations.Nullable;

/** When exploring ends. The champion stays. */
final class Endings {

    private Endings() {}

    static void apply(Course course) {
        if (!course.isExploring()) {
            return;
        }
        String limit = limit(course);
        if (limit != null) {
            course.hold(Hold.LIMIT);
            ArmValues champion = course.serving.champion();
            course.audit(Output.Action.STOP, limit, champion, champion);
        } else if (isSpent(course)) {
            course.hold(Hold.SPENT);
            course.because("each of " + course.settled + " candidates is settled");
        }
    }

    private static @Nullable String limit(Course course) {
        Plan plan = course.plan;
        if (plan.exposureLimit() > 0 && course.explored >= plan.exposureLimit()) {
            return "exploring stops after " + course.explored + " exposures of candidates";
        }
        return plan.deadlineMillis() > 0 && course.atMillis >= plan.deadlineMillis()
                ? "exploring stops at its deadline"
                : null;
    }

    private static boolean isSpent(Course course) {
        return course.settled >= course.plan.budget()
                && course.waiting.isEmpty()
                && course.trials.isEmpty()
                && course.contest.duel() == null;
    }
}
