package io.afterlearner.feedback.shell.judging;

import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.core.judge.Reason;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.schemas.BrokenGuardrail;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.RatioRules;

/** Turns the judge's reasons for a failed candidate into the cause that a fitness record carries. */
final class FailureCauses {
    private final OnlineSpec online;

    FailureCauses(OnlineSpec online) {
        this.online = online;
    }

    FailureCause of(Reason.Failure failure) {
        if (failure instanceof Reason.GuardrailBroken broken) {
            return cause(FailureKind.GUARDRAIL).setGuardrail(guardrail(broken)).build();
        } else if (failure instanceof Reason.TooFewReports few) {
            return cause(FailureKind.TOO_FEW_REPORTS)
                    .setExposures(few.exposures())
                    .setValues(few.values())
                    .setControlValues(few.controlValues())
                    .build();
        } else if (failure instanceof Reason.DeadlinePassed passed) {
            return cause(FailureKind.DEADLINE)
                    .setExposures(passed.exposures())
                    .setExposuresNeeded(passed.required())
                    .build();
        } else if (failure instanceof Reason.NoFreeSlot) {
            return cause(FailureKind.NO_SLOT).build();
        } else if (failure instanceof Reason.TooManyWaiting) {
            return cause(FailureKind.QUEUE_FULL).build();
        } else if (failure instanceof Reason.Ended ended) {
            boolean reverted = ended.action() == Input.Action.REVERT;
            return cause(reverted ? FailureKind.STUDY_REVERTED : FailureKind.STUDY_STOPPED)
                    .build();
        }
        throw new IllegalStateException("no cause for " + failure);
    }

    private static FailureCause.Builder cause(FailureKind kind) {
        return FailureCause.newBuilder().setKind(kind);
    }

    private BrokenGuardrail guardrail(Reason.GuardrailBroken broken) {
        Metric metric = online.getGuardrails().stream()
                .filter(guardrail -> JudgingPlans.guardrail(online, guardrail).equals(broken.guardrail()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the spec has no " + broken.guardrail()))
                .getMetric();
        return new BrokenGuardrail(
                RatioRules.name(metric),
                metric.getAggregate(),
                metric.getGoal(),
                broken.measured(),
                broken.control(),
                broken.guardrail().limit(),
                broken.values(),
                broken.controlValues());
    }
}
