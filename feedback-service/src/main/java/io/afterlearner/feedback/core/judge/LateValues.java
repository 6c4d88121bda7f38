package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.List;

/**
 * Corrects what early values said. A candidate that is told early and is better waits for its duel until the windows of the same
 * exposures are over; then the values of whole windows decide whether it is still better, and by how much.
 */
final class LateValues {
    /** Instead of a time. */
    private static final long NOT_YET = Long.MAX_VALUE;

    private LateValues() {}

    /**
     * A candidate's measurement by whole windows.
     *
     * @param untilMillis draws after it were not counted when the candidate was told; {@link #NOT_YET} until then
     * @param own exposures to the candidate when it was told
     * @param control those to control
     * @param passedMillis when the first exposure came that was drawn after these; {@link #NOT_YET} before. What a service counts after an
     *     outage comes later than its window ends, but in the order of the draws
     */
    record Late(ArmMeasurement whole, long untilMillis, long own, long control, long passedMillis) {

        static Late of(ArmValues arm, JudgingPlan plan) {
            return new Late(ArmMeasurement.whole(arm, plan), NOT_YET, 0, 0, NOT_YET);
        }

        long number() {
            return whole.arm().number();
        }

        private boolean isTold() {
            return untilMillis != NOT_YET;
        }

        Late with(ArmMeasurement measured) {
            return new Late(measured, untilMillis, own, control, passedMillis);
        }

        private Late plus(Input.Ripened ripened, long nowMillis) {
            return ripened.drawnAtMillis() > untilMillis
                    ? new Late(whole, untilMillis, own, control, Math.min(passedMillis, nowMillis))
                    : with(whole.plus(ripened, whole.isOf(ripened)));
        }

        private Late toldAt(long atMillis, ArmMeasurement early, JudgingPlan plan) {
            return new Late(
                    whole,
                    atMillis - plan.toldAgeMillis(),
                    early.own().exposures(),
                    early.control().exposures(),
                    NOT_YET);
        }

        /** Whether the reports of each exposure are there. Some exposures never come, such as those of units that were forgotten. */
        private boolean isComplete(long atMillis, JudgingPlan plan) {
            long lateness = plan.latenessMillis(plan.windowMillis());
            boolean isOver = isTold() && atMillis - plan.windowMillis() - lateness >= untilMillis;
            boolean isAll = whole.own().exposures() >= own && whole.control().exposures() >= control;
            return isOver && (isAll || atMillis - lateness >= passedMillis);
        }

        /** One that was told is not measured again: nobody is served it any more. */
        Late restarted(long atMillis, JudgingPlan plan) {
            return isTold() ? this : with(whole.restarted(atMillis, plan));
        }

        Late notAfter(long nowMillis) {
            return new Late(
                    whole.notAfter(nowMillis),
                    isTold() ? Math.min(untilMillis, nowMillis) : untilMillis,
                    own,
                    control,
                    passedMillis == NOT_YET ? NOT_YET : Math.min(passedMillis, nowMillis));
        }
    }

    static void ripened(Transition step, Input.Ripened ripened) {
        if (!ripened.early()) {
            step.late.replaceAll(each -> each.plus(ripened, step.atMillis));
        }
    }

    /** The candidate was told: its measurement by whole windows goes on with the same exposures. */
    static void told(Transition step, ArmMeasurement early) {
        long number = early.arm().number();
        step.late.replaceAll(each -> each.number() == number ? each.toldAt(step.atMillis, early, step.plan) : each);
    }

    /** Corrects each candidate whose windows are over, and forgets those that are not wanted for a duel. */
    static void timePassed(Transition step) {
        for (Late each : List.copyOf(step.late)) {
            boolean runs = step.trials.stream().anyMatch(t -> t.arm().number() == each.number());
            if (!runs && !step.contest.isProvisional(each.number())) {
                step.late.remove(each);
            } else if (each.isComplete(step.atMillis, step.plan)) {
                step.late.remove(each);
                correct(step, each.whole());
            }
        }
    }

    private static void correct(Transition step, ArmMeasurement whole) {
        Comparison comparison = step.plan.comparison();
        Tally own = whole.own().goal();
        Tally control = whole.control().goal();
        double loss = comparison.loss(own, control);
        double error = comparison.standardError(own, control);
        long number = whole.arm().number();
        if (loss + error < 0 && GuardrailChecks.measuresWithin(step.plan, whole)) {
            step.contest = step.contest.corrected(number, loss, error);
            return;
        }
        step.contest = step.contest.without(number);
        step.audit(
                Output.Action.SKIPPED,
                new Reason.NotBetterLate(
                        number,
                        Reason.Figures.of(comparison, own, control),
                        whole.own().exposures()),
                step.serving.champion(),
                whole.arm());
    }
}
