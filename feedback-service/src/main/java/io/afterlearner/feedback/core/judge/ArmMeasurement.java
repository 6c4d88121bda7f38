package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.clients.ClientSums;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.CountedDraws;
import io.afterlearner.feedback.core.exposure.ExposureTotals;

/**
 * The measurement of an arm against control and champion over the same time: exposures of units drawn since it began.
 *
 * @param deadlineMillis when the optimizer stops waiting for the candidate
 * @param early whether it counts exposures before their windows are over
 * @param draws which of them count
 * @param missing how often a slice of the arm, and of control and champion together, had no value of a query
 */
public record ArmMeasurement(
        ArmValues arm,
        long deadlineMillis,
        ExposureTotals own,
        ExposureTotals control,
        ExposureTotals champion,
        ClientSums clients,
        boolean early,
        CountedDraws draws,
        Missing missing) {

    /** Slices without a value, each of which began a hold. */
    record Missing(long own, long others) {
        static final Missing NONE = new Missing(0, 0);
    }

    /** A candidate's, until it is told. */
    static ArmMeasurement of(ArmValues arm, long deadlineMillis, JudgingPlan plan) {
        return begun(
                arm,
                deadlineMillis,
                plan,
                ClientSums.NOT_KEPT,
                plan.isToldEarly(),
                CountedDraws.from(arm.sinceMillis()));
    }

    /** The same by whole windows. */
    static ArmMeasurement whole(ArmValues arm, JudgingPlan plan) {
        return begun(arm, Long.MAX_VALUE, plan, ClientSums.NOT_KEPT, false, CountedDraws.from(arm.sinceMillis()));
    }

    /** A measurement that a promotion may rest on. */
    static ArmMeasurement byClient(ArmValues arm, JudgingPlan plan) {
        return begun(arm, Long.MAX_VALUE, plan, ClientSums.KEPT, false, CountedDraws.from(arm.sinceMillis()));
    }

    /** The same from a time on: earlier exposures are not comparable with later ones. */
    ArmMeasurement restarted(long atMillis, JudgingPlan plan) {
        return begun(arm.since(atMillis), deadlineMillis, plan, clients.cleared(), early, draws.restarted(atMillis));
    }

    /** The same while exploration is held. */
    ArmMeasurement held(long atMillis, JudgingPlan plan) {
        return with(draws.held(atMillis, plan.ageMillis(early)), missing);
    }

    /** The same after exploration was held: it goes on where it was. */
    ArmMeasurement resumed(long atMillis) {
        return with(draws.resumed(atMillis), missing);
    }

    /** Counts a slice without a value. */
    ArmMeasurement missing(Reason.NoAnswer slice) {
        boolean isOwn = slice.arm() == Arm.EXPLORE && slice.number() == arm.number();
        boolean isOther = slice.arm() != Arm.EXPLORE;
        return draws.has(slice.beginMillis()) && (isOwn || isOther)
                ? with(draws, new Missing(missing.own() + (isOwn ? 1 : 0), missing.others() + (isOther ? 1 : 0)))
                : this;
    }

    private ArmMeasurement with(CountedDraws counted, Missing slices) {
        return new ArmMeasurement(arm, deadlineMillis, own, control, champion, clients, early, counted, slices);
    }

    private static ArmMeasurement begun(
            ArmValues arm,
            long deadlineMillis,
            JudgingPlan plan,
            ClientSums clients,
            boolean early,
            CountedDraws draws) {
        ExposureTotals none = ExposureTotals.none(plan.metrics());
        return new ArmMeasurement(arm, deadlineMillis, none, none, none, clients, early, draws, Missing.NONE);
    }

    ArmMeasurement notAfter(long nowMillis) {
        return new ArmMeasurement(
                arm.since(Math.min(arm.sinceMillis(), nowMillis)),
                deadlineMillis,
                own,
                control,
                champion,
                clients,
                early,
                draws.notAfter(nowMillis),
                missing);
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

    /** Adds exposures of its age if their units' draws count. */
    ArmMeasurement plus(Input.Ripened ripened, boolean isOwn) {
        if (ripened.early() != early || !draws.has(ripened.drawnAtMillis())) {
            return this;
        }
        ExposureTotals totals = ripened.totals();
        ClientSums sums = clients.plus(ripened.client(), ripened.arm(), isOwn, totals.goal());
        if (isOwn) {
            return with(own.plus(totals), control, champion, sums);
        }
        return switch (ripened.arm()) {
            case CONTROL -> with(own, control.plus(totals), champion, sums);
            case CHAMPION -> with(own, control, champion.plus(totals), sums);
            case EXPLORE -> this;
        };
    }

    private ArmMeasurement with(
            ExposureTotals its, ExposureTotals ofControl, ExposureTotals ofChampion, ClientSums by) {
        return new ArmMeasurement(arm, deadlineMillis, its, ofControl, ofChampion, by, early, draws, missing);
    }
}
