package io.afterlearner.feedback.core.judge;

import java.util.Collections;
import java.util.List;

/**
 * What an online study makes of what comes back: a fold of its inputs. Same inputs, same outputs: no clock, no
 * randomness. Each decision has a file: {@link Admission} who meets a candidate, {@link Evaluation} when it is told,
 * {@link Promotion} who becomes champion, {@link Monitoring} whether it stays, {@link Completion} when exploring ends, {@link
 * Operations} what a person wants.
 */
public final class Judge {

    private Judge() {}

    /** What follows from an input. */
    public record Step(OnlineState state, List<Output> outputs) {}

    /** A study nothing was asked of yet: everybody meets ℵ₀. */
    public static Step begin(JudgingPlan plan, long atMillis) {
        ArmValues initial = new ArmValues(0, plan.initial(), atMillis);
        Serving serving = new Serving(
                0, Serving.State.EXPLORING, initial, initial, Collections.nCopies(plan.slots(), Serving.NONE));
        OnlineState state = new OnlineState(
                plan,
                atMillis,
                serving,
                Hold.NONE,
                false,
                List.of(),
                List.of(),
                Contest.NONE,
                ChampionWatch.over(initial, plan),
                -1,
                0,
                0);
        String reason = "the study began";
        return new Step(
                state,
                List.of(
                        new Output.Audit(Transition.SERVICE, Output.Action.BEGIN, reason, initial, initial),
                        new Output.ArmsChanged(Transition.SERVICE, reason, serving)));
    }

    /** Folds in the next input. */
    public static Step step(OnlineState state, Input input) {
        Transition course = new Transition(state, input.atMillis());
        take(course, input);
        Promotion.begin(course);
        Completion.apply(course);
        Admission.fill(course);
        return course.finished();
    }

    private static void take(Transition course, Input input) {
        if (input instanceof Input.Ripened ripened) {
            Monitoring.ripened(course, ripened);
            Evaluation.ripened(course, ripened);
            Promotion.ripened(course, ripened);
        } else if (input instanceof Input.Arrived arrived) {
            Admission.arrived(course, arrived);
        } else if (input instanceof Input.Budgeted budgeted) {
            course.plan = course.plan.withBudget(budgeted.budget());
        } else if (input instanceof Input.Recommended recommended) {
            Promotion.recommended(course, recommended);
        } else if (input instanceof Input.Order order) {
            Operations.carryOut(course, order);
        } else if (input instanceof Input.Overruled overruled) {
            Operations.overruled(course, overruled);
        } else {
            Evaluation.expire(course);
        }
    }
}
