package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.clients.ClientSums;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;

/**
 * The measurement of an arm against control and champion over the same time: exposures of units drawn since it began.
 *
 * @param deadlineMillis when the optimizer stops waiting for the candidate
 */
public record ArmMeasurement(
        ArmValues arm,
        long deadlineMillis,
        ExposureTotals own,
        ExposureTotals control,
        ExposureTotals champion,
        ClientSums clients) {

    static ArmMeasurement of(ArmValues arm, long deadlineMillis, JudgingPlan plan) {
        return begun(arm, deadlineMillis, plan, ClientSums.NOT_KEPT);
    }

    /** A measurement that a promotion may rest on. */
    static ArmMeasurement byClient(ArmValues arm, JudgingPlan plan) {
        return begun(arm, Long.MAX_VALUE, plan, ClientSums.KEPT);
    }

    /** The same from a time on: earlier exposures are not comparable with later ones. */
    ArmMeasurement restarted(long atMillis, JudgingPlan plan) {
        return begun(arm.since(atMillis), deadlineMillis, plan, clients.cleared());
    }

    private static ArmMeasurement begun(ArmValues arm, long deadlineMillis, JudgingPlan plan, ClientSums clients) {
        ExposureTotals none = ExposureTotals.none(plan.metrics());
        return new ArmMeasurement(arm, deadlineMillis, none, none, none, clients);
    }

    ArmMeasurement notAfter(long nowMillis) {
        return new ArmMeasurement(
                arm.since(Math.min(arm.sinceMillis(), nowMillis)), deadlineMillis, own, control, champion, clients);
    }

    /** Whether these are exposures to this candidate. */
    boolean isOf(Input.Ripened ripened) {
        return ripened.arm() == Arm.EXPLORE && ripened.number() == arm.number();
    }

    /**
     * Whether to evaluate the tests: at each of the first 20 exposures, then whenever there are 5 % more. Sequential tests
     * may be read at any time; more looks cost time and gain nothing.
     */
    static boolean isLookDue(long exposuresBefore, long exposures) {
        long stride = 1 + exposuresBefore / 20;
        return exposures / stride > exposuresBefore / stride;
    }

    /** Adds ripe exposures if their units were drawn since this began. */
    ArmMeasurement plus(Input.Ripened ripened, boolean isOwn) {
        if (ripened.drawnAtMillis() < arm.sinceMillis()) {
            return this;
        }
        ExposureTotals totals = ripened.totals();
        ClientSums sums = clients.plus(ripened.client(), ripened.arm(), isOwn, totals.goal());
        if (isOwn) {
            return new ArmMeasurement(arm, deadlineMillis, own.plus(totals), control, champion, sums);
        }
        return switch (ripened.arm()) {
            case CONTROL -> new ArmMeasurement(arm, deadlineMillis, own, control.plus(totals), champion, sums);
            case CHAMPION -> new ArmMeasurement(arm, deadlineMillis, own, control, champion.plus(totals), sums);
            case EXPLORE -> this;
        };
    }
}
