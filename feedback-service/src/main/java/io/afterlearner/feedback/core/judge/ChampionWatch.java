package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.statistics.DriftDetector;
import io.afterlearner.feedback.core.statistics.Moments;

/**
 * The champion since it became it, and whether its level or control's moved.
 */
public record ChampionWatch(ArmMeasurement champion, DriftDetector controlDrift, DriftDetector championDrift) {

    static ChampionWatch over(ArmValues champion, JudgingPlan plan) {
        DriftDetector drift = DriftDetector.since(champion.sinceMillis());
        return new ChampionWatch(ArmMeasurement.of(champion, Long.MAX_VALUE, plan), drift, drift);
    }

    /** Control is the same whoever is champion. */
    ChampionWatch crowning(ArmValues next, JudgingPlan plan) {
        return new ChampionWatch(
                ArmMeasurement.of(next, Long.MAX_VALUE, plan),
                controlDrift,
                DriftDetector.warmSince(next.sinceMillis()));
    }

    ChampionWatch plus(Input.Ripened ripened, JudgingPlan plan) {
        if (ripened.arm() == Arm.EXPLORE) {
            return this;
        }
        boolean own = ripened.arm() == Arm.CHAMPION;
        Moments goal = ripened.worth().goal().sums();
        long at = ripened.assignedAtMillis();
        return new ChampionWatch(
                champion.plus(ripened, own),
                own ? controlDrift : controlDrift.plus(goal, at, plan.driftBlock()),
                own ? championDrift.plus(goal, at, plan.driftBlock()) : championDrift);
    }
}
