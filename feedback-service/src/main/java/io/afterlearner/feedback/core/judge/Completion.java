package io.afterlearner.feedback.core.judge;

import org.jspecify.annotations.Nullable;

/** Ends exploration at a limit of the study, or when every candidate is settled. The champion stays. */
final class Completion {

    private Completion() {}

    static void apply(Transition step) {
        if (!step.isExploring()) {
            return;
        }
        Reason limit = limit(step);
        if (limit != null) {
            step.hold(Hold.LIMIT);
            ArmValues champion = step.serving.champion();
            step.audit(Output.Action.STOP, limit, champion, champion);
        } else if (isSpent(step)) {
            step.hold(Hold.SPENT);
            step.because(new Reason.AllSettled(step.settled));
        }
    }

    private static @Nullable Reason limit(Transition step) {
        JudgingPlan plan = step.plan;
        if (plan.exposureLimit() > 0 && step.explored >= plan.exposureLimit()) {
            return new Reason.ExposureLimitReached(step.explored);
        }
        return plan.deadlineMillis() > 0 && step.atMillis >= plan.deadlineMillis()
                ? new Reason.StudyDeadlineReached()
                : null;
    }

    private static boolean isSpent(Transition step) {
        return step.settled >= step.plan.budget()
                && step.waiting.isEmpty()
                && step.trials.isEmpty()
                && step.contest.duel() == null;
    }
}
