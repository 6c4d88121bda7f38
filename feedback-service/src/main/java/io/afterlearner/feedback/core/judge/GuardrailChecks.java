package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Checks an arm against all guardrails of a study. */
final class GuardrailChecks {

    private interface Check {
        boolean holds(Guardrail guardrail, Tally own, Tally control);
    }

    private GuardrailChecks() {}

    /** The first guardrail that is broken significantly; null if none. */
    static Reason.@Nullable GuardrailBroken broken(JudgingPlan plan, ArmMeasurement arm) {
        return matching(plan, arm, (guardrail, own, control) -> guardrail.isBroken(own, control, plan.breakAlpha()))
                .mapToObj(i -> broken(
                        plan.guardrails().get(i),
                        arm.own().guarded(i),
                        arm.control().guarded(i)))
                .findFirst()
                .orElse(null);
    }

    private static Reason.GuardrailBroken broken(Guardrail guardrail, Tally own, Tally control) {
        Metric metric = guardrail.metric();
        return new Reason.GuardrailBroken(
                guardrail, metric.level(own), metric.level(control), own.count(), control.count());
    }

    /** Whether the arm measured within each limit. */
    static boolean measuresWithin(JudgingPlan plan, ArmMeasurement arm) {
        return all(plan, arm, Guardrail::measuresWithin);
    }

    /** Whether the arm measured outside a limit; false without values. */
    static boolean measuresOutside(JudgingPlan plan, ArmMeasurement arm) {
        return !all(
                plan,
                arm,
                (guardrail, own, control) ->
                        own.count() == 0 || control.count() == 0 || guardrail.measuresWithin(own, control));
    }

    /** Whether the arm keeps each guardrail significantly. */
    static boolean isKept(JudgingPlan plan, ArmMeasurement arm) {
        return all(plan, arm, (guardrail, own, control) -> guardrail.isKept(own, control, plan.alpha()));
    }

    private static boolean all(JudgingPlan plan, ArmMeasurement arm, Check check) {
        return matching(plan, arm, check).count() == plan.guardrails().size();
    }

    private static IntStream matching(JudgingPlan plan, ArmMeasurement arm, Check check) {
        List<Guardrail> guardrails = plan.guardrails();
        return IntStream.range(0, guardrails.size())
                .filter(i -> check.holds(
                        guardrails.get(i), arm.own().guarded(i), arm.control().guarded(i)));
    }
}
