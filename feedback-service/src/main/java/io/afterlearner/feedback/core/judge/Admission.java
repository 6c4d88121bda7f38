package io.afterlearner.feedback.core.judge;

/** Assigns free slots: first to the duel's challenger, up to half of the slots, then to candidates in their order. */
final class Admission {

    private Admission() {}

    /** A number that is not new is a redelivered message. */
    static void arrived(Transition step, Input.Arrived candidate) {
        if (candidate.number() <= step.latest) {
            return;
        }
        step.latest = candidate.number();
        if (step.hold == Hold.STOPPED) {
            step.failed(candidate.number(), new Reason.Ended(Input.Action.STOP));
        } else if (step.waiting.size() >= OnlineState.MAX_WAITING) {
            step.failed(candidate.number(), new Reason.TooManyWaiting());
        } else {
            step.waiting.add(candidate);
            exploreAgain(step);
        }
    }

    /** Ends the hold that began when every candidate was settled. */
    static void exploreAgain(Transition step) {
        if (step.hold == Hold.SPENT) {
            step.explore();
        }
    }

    /** No candidate is compared before the values that count are defined. */
    static void fill(Transition step) {
        while (step.isExploring() && step.calibration.isOver() && step.serving.hasRoom() && fillSlot(step)) {}
    }

    private static boolean fillSlot(Transition step) {
        ArmMeasurement duel = step.contest.duel();
        if (duel != null
                && step.serving.slotsOf(duel.arm().number())
                        < step.contest.effort().slots()) {
            step.serving = step.serving.occupiedBy(duel.arm());
            // Its share has to be constant.
            step.restart(t -> t.equals(duel));
            return true;
        }
        if (step.waiting.isEmpty()) {
            return false;
        }
        admit(step, step.waiting.remove(0));
        return true;
    }

    private static void admit(Transition step, Input.Arrived candidate) {
        ArmValues arm = new ArmValues(candidate.number(), candidate.values(), step.atMillis);
        step.trials.add(ArmMeasurement.of(arm, candidate.deadlineMillis(), step.plan));
        step.serving = step.serving.occupiedBy(arm);
        if (step.plan.isToldEarly()) {
            step.late.add(LateValues.Late.of(arm, step.plan));
        }
    }
}
