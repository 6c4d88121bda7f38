package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Calibration;
import io.afterlearner.feedback.core.statistics.PoolRatio;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judge of an online study: a fold of its inputs. Equal inputs give equal outputs; it reads no clock and draws no
 * randomness. Each kind of decision has a file: {@link Admission} assigns slots, {@link Settlement} tells candidates, {@link LateValues} corrects
 * what was told early, {@link Promotion} changes the champion, {@link Monitoring} watches it, {@link Operations} carries out commands.
 */
public final class Judge {

    private Judge() {}

    /** The result of an input. */
    public record Step(OnlineState state, List<Output> outputs) {}

    /** A new study: every unit is served ℵ₀. */
    public static Step begin(JudgingPlan plan, long atMillis) {
        ArmValues initial = new ArmValues(0, plan.initial(), atMillis);
        Serving serving = new Serving(
                0,
                Serving.State.EXPLORING,
                initial,
                initial,
                Serving.NONE,
                1,
                Collections.nCopies(plan.slots(), Serving.NONE));
        OnlineState state = new OnlineState(
                plan,
                atMillis,
                serving,
                Hold.NONE,
                false,
                List.of(),
                List.of(),
                List.of(),
                Contest.NONE,
                ChampionWatch.over(initial, plan),
                -1,
                0,
                0,
                Calibration.of(plan.metric()),
                PoolRatio.NONE);
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
        input.apply(step);
        LateValues.timePassed(step);
        Promotion.timePassed(step);
        Promotion.begin(step);
        if (step.isExploring()) {
            complete(step);
        }
        Admission.fill(step);
        return step.finished();
    }

    /** Ends exploration at a limit of the study, or when every candidate is settled. The champion stays. */
    private static void complete(Transition step) {
        Reason limit = limit(step);
        if (limit != null) {
            step.hold(Hold.LIMIT);
            step.audit(Output.Action.STOP, limit);
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
                && !step.contest.hasProvisional()
                && step.contest.duel() == null;
    }
}
