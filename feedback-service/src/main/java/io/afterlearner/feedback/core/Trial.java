package io.afterlearner.feedback.core;

/**
 * An arm that is measured, against control and champion over the same time: what was assigned since it began.
 *
 * @param deadlineMillis when the optimizer stops waiting for it
 */
public record Trial(ArmValues arm, long deadlineMillis, Worth own, Worth control, Worth champion) {

    static Trial of(ArmValues arm, long deadlineMillis, Plan plan) {
        Worth none = Worth.none(plan);
        return new Trial(arm, deadlineMillis, none, none, none);
    }

    /** With what ripened, if it was assigned since this began. */
    Trial plus(Input.Ripened ripened, boolean isOwn) {
        if (ripened.assignedAtMillis() < arm.sinceMillis()) {
            return this;
        }
        Worth worth = ripened.worth();
        if (isOwn) {
            return new Trial(arm, deadlineMillis, own.plus(worth), control, champion);
        }
        return switch (ripened.arm()) {
            case CONTROL -> new Trial(arm, deadlineMillis, own, control.plus(worth), champion);
            case CHAMPION -> new Trial(arm, deadlineMillis, own, control, champion.plus(worth));
            case EXPLORE -> this;
        };
    }
}
