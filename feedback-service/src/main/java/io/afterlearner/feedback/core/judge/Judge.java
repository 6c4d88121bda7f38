package io.afterlearner.feedback.core.judge;

import java.util.Collections;
import java.util.List;

/**
 * The judge of an online study: a fold of its inputs. Equal inputs give equal outputs; it reads no clock and draws no
 * randomness. Each kind of decision has a file: {@link Admission} assigns slots, {@link Evaluation} tells candidates,
 * {@link Promotion} changes the champion, {@link Monitoring} watches it, {@link Completion} ends exploration, {@link
 * Operations} carries out commands.
 */
public final class Judge {

    private Judge() {}

    /** The result of an input. */
    public record Step(OnlineState state, List<Output> outputs) {}

    /** A new study: every unit is served ℵ₀. */
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
        Reason reason = new Reason.Begun();
        return new Step(
                state,
                List.of(
                        new Output.Audit(Transition.SERVICE, Output.Action.BEGIN, reason, initial, initial),
                        new Output.ArmsChanged(Transition.SERVICE, List.of(reason), serving)));
    }

    /** Folds in the next input. */
    public static Step step(OnlineState state, Input input) {
        Transition step = new Transition(state, input.atMillis());
        input.handle(new Decisions(step));
        Promotion.begin(step);
        Completion.apply(step);
        Admission.fill(step);
        return step.finished();
    }

    private record Decisions(Transition step) implements Input.Handler {

        @Override
        public void arrived(Input.Arrived input) {
            Admission.arrived(step, input);
        }

        @Override
        public void budgeted(Input.Budgeted input) {
            step.plan = step.plan.withBudget(input.budget());
        }

        @Override
        public void recommended(Input.Recommended input) {
            Promotion.recommended(step, input);
        }

        @Override
        public void ripened(Input.Ripened input) {
            Monitoring.ripened(step, input);
            Evaluation.ripened(step, input);
            Promotion.ripened(step, input);
        }

        @Override
        public void commanded(Input.Command input) {
            Operations.carryOut(step, input);
        }

        @Override
        public void overruled(Input.Overruled input) {
            Operations.overruled(step, input);
        }

        @Override
        public void tick(Input.Tick input) {
            Evaluation.expire(step);
        }
    }
}
