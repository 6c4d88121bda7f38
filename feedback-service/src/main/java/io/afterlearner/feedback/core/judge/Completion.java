package io.afterlearner.feedback.core.judge;

import org.jspecify.annotations.Nullable;

/** When exploring ends. The champion stays. */
final class Completion {

    private Completion() {}

    static void apply(Transition course) {
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

    private static @Nullable String limit(Transition course) {
        JudgingPlan plan = course.plan;
        if (plan.exposureLimit() > 0 && course.explored >= plan.exposureLimit()) {
            return "exploring stops after " + course.explored + " exposures of candidates";
        }
        return plan.deadlineMillis() > 0 && course.atMillis >= plan.deadlineMillis()
                ? "exploring stops at its deadline"
                : null;
    }

    private static boolean isSpent(Transition course) {
        return course.settled >= course.plan.budget()
                && course.waiting.isEmpty()
                && course.trials.isEmpty()
                && course.contest.duel() == null;
    }
}
