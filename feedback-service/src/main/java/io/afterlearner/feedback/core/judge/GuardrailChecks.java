package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.metric.Guardrail;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks an arm against all guardrails of a study. */
final class GuardrailChecks {

    private record Check(Guardrail guardrail, Tally own, Tally control) {
        boolean measuresWithin() {
            return guardrail.measuresWithin(own, control);
        }

        Reason.GuardrailBroken broken() {
            Metric metric = guardrail.metric();
            return new Reason.GuardrailBroken(
                    guardrail, metric.level(own), metric.level(control), own.count(), control.count());
        }
    }

    private GuardrailChecks() {}

    private static Stream<Check> of(JudgingPlan plan, ArmMeasurement arm) {
        return IntStream.range(0, plan.guardrails().size())
                .mapToObj(i -> new Check(
                        plan.guardrails().get(i),
                        arm.own().guarded(i),
                        arm.control().guarded(i)));
    }

    /** The first guardrail that is broken significantly; null if none. */
    static Reason.@Nullable GuardrailBroken broken(JudgingPlan plan, ArmMeasurement arm) {
        return of(plan, arm)
                .filter(c -> c.guardrail.isBroken(c.own, c.control, plan.breakAlpha()))
                .map(Check::broken)
                .findFirst()
                .orElse(null);
    }

    /** Whether the arm measured within each limit. */
    static boolean measuresWithin(JudgingPlan plan, ArmMeasurement arm) {
        return of(plan, arm).allMatch(Check::measuresWithin);
    }

    /** Whether the arm measured outside a limit; false without values. */
    static boolean measuresOutside(JudgingPlan plan, ArmMeasurement arm) {
        return of(plan, arm).anyMatch(c -> c.guardrail.isMeasured(c.own, c.control) && !c.measuresWithin());
    }

    /** The first guardrail that the arm is not shown to keep; null if it keeps all significantly. */
    static @Nullable Guardrail firstNotKept(JudgingPlan plan, ArmMeasurement arm) {
        return of(plan, arm)
                .filter(c -> !c.guardrail.isKept(c.own, c.control, plan.alpha()))
                .map(Check::guardrail)
                .findFirst()
                .orElse(null);
    }
}
