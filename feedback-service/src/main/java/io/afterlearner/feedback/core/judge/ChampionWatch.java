package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.statistics.DriftDetector;

/**
 * The champion's measurement since its promotion, or since the latest step of its ramp, and drift detection of the shipped model's level,
 * which no promotion changes.
 *
 * @param reopened how often the search was reopened
 */
public record ChampionWatch(ArmMeasurement champion, DriftDetector drift, int reopened) {

    static ChampionWatch over(ArmValues champion, JudgingPlan plan) {
        DriftDetector drift = DriftDetector.since(champion.sinceMillis());
        return new ChampionWatch(ArmMeasurement.of(champion, Long.MAX_VALUE, plan), drift, 0);
    }

    ChampionWatch crowning(ArmValues next, JudgingPlan plan) {
        return new ChampionWatch(ArmMeasurement.of(next, Long.MAX_VALUE, plan), drift, reopened);
    }

    /** After a drift, or while nobody explored, the level may be another one. */
    ChampionWatch anew(ArmValues champion, JudgingPlan plan) {
        return new ChampionWatch(
                ArmMeasurement.of(champion, Long.MAX_VALUE, plan),
                DriftDetector.since(champion.sinceMillis()),
                reopened);
    }

    ChampionWatch reopening() {
        return new ChampionWatch(champion, drift, reopened + 1);
    }

    ChampionWatch notAfter(long nowMillis) {
        return new ChampionWatch(champion.notAfter(nowMillis), drift.notAfter(nowMillis), reopened);
    }

    ChampionWatch plus(Input.Ripened ripened, JudgingPlan plan) {
        if (ripened.arm() == Arm.EXPLORE) {
            return this;
        }
        boolean own = ripened.arm() == Arm.CHAMPION;
        return new ChampionWatch(
                champion.plus(ripened, own),
                ripened.number() == 0
                        ? drift.plus(
                                ripened.totals().goal().sums(),
                                ripened.drawnAtMillis(),
                                plan.driftBlock(),
                                plan.pace().driftCycleMillis())
                        : drift,
                reopened);
    }
}
