package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.ExposureTotals;

/**
 * An arm that is measured, against control and champion over the same time: what was assigned since it began.
 *
 * @param deadlineMillis when the optimizer stops waiting for it
 */
public record ArmMeasurement(
        ArmValues arm, long deadlineMillis, ExposureTotals own, ExposureTotals control, ExposureTotals champion) {

    static ArmMeasurement of(ArmValues arm, long deadlineMillis, JudgingPlan plan) {
        ExposureTotals none = ExposureTotals.none(1 + plan.guardrails().size());
        return new ArmMeasurement(arm, deadlineMillis, none, none, none);
    }

    /** With what ripened, if it was assigned since this began. */
    ArmMeasurement plus(Input.Ripened ripened, boolean isOwn) {
        if (ripened.assignedAtMillis() < arm.sinceMillis()) {
            return this;
        }
        ExposureTotals worth = ripened.worth();
        if (isOwn) {
            return new ArmMeasurement(arm, deadlineMillis, own.plus(worth), control, champion);
        }
        return switch (ripened.arm()) {
            case CONTROL -> new ArmMeasurement(arm, deadlineMillis, own, control.plus(worth), champion);
            case CHAMPION -> new ArmMeasurement(arm, deadlineMillis, own, control, champion.plus(worth));
            case EXPLORE -> this;
        };
    }
}
