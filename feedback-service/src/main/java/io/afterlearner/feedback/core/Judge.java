package io.afterlearner.feedback.core;

import java.util.Collections;
import java.util.List;

/**
 * What an online study makes of what comes back: a fold of its inputs. Same inputs, same outputs: no clock, no
 * randomness. Each decision has a file: {@link Admission} who meets a candidate, {@link Trials} when it is told,
 * {@link Duels} who becomes champion, {@link Watching} whether it stays, {@link Endings} when exploring ends, {@link
 * Orders} what a person wants.
 */
public final class Judge {

    private Judge() {}

    /** What follows from an input. */
    public record Step(OnlineState state, List<Output> outputs) {}

    /** A study nothing was asked of yet: everybody meets ℵ₀. */
    public static Step begin(Plan plan, long atMillis) {
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
                Watch.over(initial, plan),
                -1,
                0,
                0);
        String reason = "the study began";
        return new Step(
                state,
                List.of(
                        new Output.Audit(Course.SERVICE, Output.Action.BEGIN, reason, initial, initial),
                        new Output.ArmsChanged(Course.SERVICE, reason, serving)));
    }

    /** Folds in the next input. */
    public static Step step(OnlineState state, Input input) {
        Course course = new Course(state, input.atMillis());
        take(course, input);
        Duels.begin(course);
        Endings.apply(course);
        Admission.fill(course);
        return course.finished();
    }

    private static void take(Course course, Input input) {
        if (input instanceof Input.Ripened ripened) {
            Watching.ripened(course, ripened);
            Trials.ripened(course, ripened);
            Duels.ripened(course, ripened);
        } else if (input instanceof Input.Arrived arrived) {
            Admission.arrived(course, arrived);
        } else if (input instanceof Input.Budgeted budgeted) {
            course.plan = course.plan.withBudget(budgeted.budget());
        } else if (input instanceof Input.Recommended recommended) {
            Duels.recommended(course, recommended);
        } else if (input instanceof Input.Order order) {
            Orders.carryOut(course, order);
        } else if (input instanceof Input.Overruled overruled) {
            Orders.overruled(course, overruled);
        } else {
            Trials.expire(course);
        }
    }
}
