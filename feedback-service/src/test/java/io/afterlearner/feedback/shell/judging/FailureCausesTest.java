package io.afterlearner.feedback.shell.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.core.judge.Reason;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.BrokenGuardrail;
import io.afterlearner.schemas.Denominator;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Guardrail;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureCausesTest {
    private static final OnlineSpec ONLINE = Specs.online(1_000, 10, 0, List.of());

    @Test
    void aBrokenGuardrailIsACauseWithItsFigures() {
        BrokenGuardrail cause = new FailureCauses(ONLINE)
                .of(new Reason.GuardrailBroken(
                        JudgingPlans.guardrail(ONLINE, ONLINE.getGuardrails().get(0)), 300, 100, 60, 120))
                .getGuardrail();
        assertEquals("latency", cause.getMetric());
        assertEquals(Aggregate.P95, cause.getAggregate());
        assertEquals(List.of(300.0, 100.0, 1.5), List.of(cause.getMeasured(), cause.getControl(), cause.getLimit()));
        assertEquals(List.of(60L, 120L), List.of(cause.getValues(), cause.getControlValues()));
    }

    @Test
    void aBrokenRatioIsNamedWithItsDenominator() {
        Guardrail errors = new Guardrail(
                Metric.newBuilder(ONLINE.getMetric())
                        .setName("errors")
                        .setAggregate(Aggregate.RATIO)
                        .setGoal(Goal.MINIMIZE)
                        .setPer(new Denominator("requests", 50.0))
                        .build(),
                1.5);
        OnlineSpec guarded =
                OnlineSpec.newBuilder(ONLINE).setGuardrails(List.of(errors)).build();
        Reason broken = new Reason.GuardrailBroken(JudgingPlans.guardrail(guarded, errors), 0.4, 0.1, 60, 120);
        assertEquals(
                "guardrail broken: RATIO of errors per requests is 0.4000 and control's is 0.1000; at most 1.500 times control's is allowed"
                        + " (60 and 120 values)",
                new ReasonText(guarded).of(broken));
    }
}
