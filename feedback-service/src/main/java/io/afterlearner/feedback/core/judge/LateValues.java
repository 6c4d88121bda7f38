package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.List;

/**
 * Corrects what early values said. A candidate that is told early and is better waits for its duel until the windows of the same
 * exposures are over; then the values of whole windows decide whether it is still better, and by how much.
 */
final class LateValues {
    /** Reports that come so much after their window, or later by another window, are not waited for. */
    private static final long LATENESS_MILLIS = 3_600_000;

    private LateValues() {}

    /**
     * A candidate's measurement by whole windows.
     *
     * @param untilMillis draws after it were not counted when the candidate was told; {@link Long#MAX_VALUE} until then
     */
    record Late(ArmMeasurement whole, long untilMillis) {

        static Late of(ArmValues arm, JudgingPlan plan) {
            return new Late(ArmMeasurement.whole(arm, plan), Long.MAX_VALUE);
        }

        long number() {
            return whole.arm().number();
        }

        private boolean isTold() {
            return untilMillis != Long.MAX_VALUE;
        }

        private Late plus(Input.Ripened ripened) {
            return ripened.drawnAtMillis() > untilMillis
                    ? this
                    : new Late(whole.plus(ripened, whole.isOf(ripened)), untilMillis);
        }

        private Late toldAt(long atMillis, JudgingPlan plan) {
            return isTold() ? this : new Late(whole, atMillis - plan.toldAgeMillis());
        }

        /** Whether the reports of each exposure are there. */
        private boolean isComplete(long atMillis, JudgingPlan plan) {
            long lateness = Math.min(plan.windowMillis(), LATENESS_MILLIS);
            return isTold() && atMillis >= untilMillis + plan.windowMillis() + lateness;
        }

        /** One that was told is not measured again: nobody is served it any more. */
        Late restarted(long atMillis, JudgingPlan plan) {
            return isTold() ? this : new Late(whole.restarted(atMillis, plan), untilMillis);
        }

        Late notAfter(long nowMillis) {
            return new Late(whole.notAfter(nowMillis), isTold() ? Math.min(untilMillis, nowMillis) : untilMillis);
        }
    }

    static void ripened(Transition step, Input.Ripened ripened) {
        if (!ripened.early()) {
            step.late.replaceAll(each -> each.plus(ripened));
        }
    }

    /** The candidate was told: its measurement by whole windows goes on with the same exposures. */
    static void told(Transition step, long number) {
        step.late.replaceAll(each -> each.number() == number ? each.toldAt(step.atMillis, step.plan) : each);
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
