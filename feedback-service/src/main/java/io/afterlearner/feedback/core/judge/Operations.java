package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.statistics.PoolRatio;
import java.util.List;

/** Carries out people's commands. A command that does not fit the state does nothing. */
final class Operations {

    private Operations() {}

    static void carryOut(Transition step, Input.Command command) {
        step.by = command.by();
        switch (command.action()) {
            case PAUSE -> pause(step);
            case RESUME -> resume(step);
            case STOP -> stop(step);
            case REVERT -> revert(step, new Reason.Commanded(Input.Action.REVERT));
            case APPROVE, REJECT -> answer(step, command.action());
            case GRANT -> grant(step);
        }
    }

    private static void pause(Transition step) {
        if (step.isExploring()) {
            step.hold(Hold.PAUSED);
            step.audit(Output.Action.PAUSE, new Reason.Commanded(Input.Action.PAUSE));
        }
    }

    private static void resume(Transition step) {
        if (step.isExploring() || step.hold == Hold.STOPPED) {
            return;
        }
        step.silent = false;
        step.explore();
        step.restart(t -> true);
        step.watchAnew();
        step.watch = step.watch.waitingForReports(step.plan);
        step.pool = PoolRatio.NONE;
        step.audit(Output.Action.RESUME, new Reason.Commanded(Input.Action.RESUME));
    }

    /** The chance of a wrong promotion is that of the new budget, in addition to what was spent. */
    private static void grant(Transition step) {
        if (step.hold == Hold.STOPPED) {
            return;
        }
        step.contest = step.contest.granted();
        if (step.hold == Hold.ERROR_BUDGET) {
            step.explore();
            step.restart(t -> true);
        }
        step.audit(Output.Action.GRANT, new Reason.Commanded(Input.Action.GRANT));
    }

    private static void stop(Transition step) {
        if (step.hold == Hold.STOPPED) {
            return;
        }
        boolean reverted = step.serving.state() == Serving.State.REVERTED;
        clear(step, Input.Action.STOP);
        step.hold = Hold.STOPPED;
        step.serving = step.serving.with(reverted ? Serving.State.REVERTED : Serving.State.HOLDING);
        step.audit(Output.Action.STOP, new Reason.Commanded(Input.Action.STOP));
    }

    private static void revert(Transition step, Reason reason) {
        if (step.serving.state() == Serving.State.REVERTED) {
            // Nothing changes, but each revert is on record.
            step.audit(Output.Action.REVERT, reason);
            return;
        }
        ArmValues before = step.serving.champion();
        clear(step, Input.Action.REVERT);
        step.hold = step.hold == Hold.STOPPED ? Hold.STOPPED : Hold.REVERTED;
        step.serving = step.serving.with(Serving.State.REVERTED);
        step.crown(step.serving.control());
        step.audit(Output.Action.REVERT, reason, before, step.serving.champion());
    }

    /** Takes over the revision of another writer, whose arms must not be overwritten. */
    static void overruled(Transition step, Input.Overruled overruled) {
        step.by = overruled.by();
        step.silent = true;
        revert(step, new Reason.Overruled(overruled.reason()));
        step.serving = step.serving.at(Math.max(overruled.revision(), step.serving.revision()));
    }

    private static void clear(Transition step, Input.Action action) {
        for (Input.Arrived waiting : List.copyOf(step.waiting)) {
            step.failed(waiting.number(), new Reason.Ended(action));
        }
        for (ArmMeasurement candidate : List.copyOf(step.trials)) {
            step.failed(candidate.arm().number(), new Reason.Ended(action));
        }
        step.withdrawChallenger();
        step.contest = step.contest.expecting(null).with(null);
    }

    /** Answers the proposal to promote the challenger. */
    private static void answer(Transition step, Input.Action action) {
        ArmMeasurement duel = step.contest.duel();
        if (duel == null || !step.contest.proposed()) {
            return;
        }
        if (action == Input.Action.APPROVE) {
            Promotion.promote(step, duel, Output.Action.APPROVE, Promotion.won(step, duel));
        } else {
            Promotion.giveUp(step, duel, new Reason.Rejected());
        }
    }
}
