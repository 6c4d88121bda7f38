package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.statistics.DriftDetector;

/**
 * The champion's measurement since its promotion, or since the latest step of its ramp, and drift detection of two levels: the shipped
 * model's, which no promotion changes, and the champion's, which may suffer where the shipped model does not.
 *
 * @param reopened how often the search was reopened
 */
public record ChampionWatch(
        ArmMeasurement champion, DriftDetector shippedDrift, DriftDetector championDrift, int reopened) {

    static ChampionWatch over(ArmValues champion, JudgingPlan plan) {
        DriftDetector drift = DriftDetector.since(champion.sinceMillis());
        return new ChampionWatch(ArmMeasurement.byClient(champion, plan), drift, drift, 0);
    }

    ChampionWatch crowning(ArmValues next, JudgingPlan plan) {
        return new ChampionWatch(
                ArmMeasurement.byClient(next, plan),
                shippedDrift,
                DriftDetector.since(next.sinceMillis()),
                reopened);
    }

    /** After a drift, or while nobody explored, the levels may be others. */
    ChampionWatch anew(ArmValues champion, JudgingPlan plan) {
        DriftDetector drift = DriftDetector.since(champion.sinceMillis());
        return new ChampionWatch(ArmMeasurement.byClient(champion, plan), drift, drift, reopened);
    }

    ChampionWatch reopening() {
        return new ChampionWatch(champion, shippedDrift, championDrift, reopened + 1);
    }

    ChampionWatch notAfter(long nowMillis) {
        return new ChampionWatch(
                champion.notAfter(nowMillis),
                shippedDrift.notAfter(nowMillis),
                championDrift.notAfter(nowMillis),
                reopened);
    }

    ChampionWatch plus(Input.Ripened ripened, JudgingPlan plan) {
        if (ripened.arm() == Arm.EXPLORE) {
            return this;
        }
        boolean shipped = ripened.number() == 0;
        return new ChampionWatch(
                champion.plus(ripened, ripened.arm() == Arm.CHAMPION),
                shipped ? plus(shippedDrift, ripened, plan) : shippedDrift,
                shipped ? championDrift : plus(championDrift, ripened, plan),
                reopened);
    }

    private static DriftDetector plus(DriftDetector drift, Input.Ripened ripened, JudgingPlan plan) {
        return drift.plus(
                ripened.totals().goal().sums(),
                ripened.drawnAtMillis(),
                plan.driftBlock(),
                plan.pace().driftCycleMillis());
    }
}
