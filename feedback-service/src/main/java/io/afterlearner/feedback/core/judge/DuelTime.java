package io.afterlearner.feedback.core.judge;

/**
 * How long a duel has run.
 *
 * @param beforeMillis time of the draws that counted before this step, from the begin of the duel; negative before any did
 * @param nowMillis the same after this step
 * @param lostMillis part of it that did not count because exploration was held
 * @param neededMillis least run before a promotion
 * @param cycleMillis period of the traffic; 0 if none is known
 */
record DuelTime(long beforeMillis, long nowMillis, long lostMillis, long neededMillis, long cycleMillis) {

    static DuelTime of(Transition step, ArmMeasurement duel) {
        // What ripens now was drawn about a window ago.
        long from = duel.arm().sinceMillis() + step.plan.windowMillis();
        Pace pace = step.plan.pace();
        return new DuelTime(
                step.beforeMillis - from,
                step.atMillis - from,
                duel.draws().lostMillis(step.atMillis, step.plan.windowMillis()),
                Math.max(pace.minimumRunMillis(), pace.cycleMillis()),
                pace.cycleMillis());
    }

    /** Whether it may end for lack of a gain. */
    boolean hasRun() {
        return nowMillis - lostMillis >= neededMillis;
    }

    /** Whether this step completes a cycle. */
    boolean isCycleOver() {
        return cycleMillis > 0
                && nowMillis >= 0
                && Math.floorDiv(nowMillis, cycleMillis) > Math.floorDiv(Math.max(0, beforeMillis), cycleMillis);
    }

    /** Whether it may be won now: at the end of a cycle if there is one, so that each part of it counts the same. */
    boolean mayBeWon() {
        return hasRun() && (cycleMillis == 0 || isCycleOver());
    }
}
