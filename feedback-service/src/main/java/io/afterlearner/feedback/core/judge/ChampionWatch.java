package io.afterlearner.feedback.core.judge;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.statistics.DriftDetector;
import io.afterlearner.feedback.core.statistics.Moments;

/** The champion's measurement since its promotion, and drift detection of its level and control's. */
public record ChampionWatch(ArmMeasurement champion, DriftDetector controlDrift, DriftDetector championDrift) {

    static ChampionWatch over(ArmValues champion, JudgingPlan plan) {
        DriftDetector drift = DriftDetector.since(champion.sinceMillis(), false);
        return new ChampionWatch(ArmMeasurement.of(champion, Long.MAX_VALUE, plan), drift, drift);
    }

    /** Keeps the drift detection of control, which does not change with the champion. */
    ChampionWatch crowning(ArmValues next, JudgingPlan plan) {
        return new ChampionWatch(
                ArmMeasurement.of(next, Long.MAX_VALUE, plan),
                controlDrift,
                DriftDetector.since(next.sinceMillis(), true));
    }

    ChampionWatch notAfter(long nowMillis) {
        return new ChampionWatch(
                champion.notAfter(nowMillis), controlDrift.notAfter(nowMillis), championDrift.notAfter(nowMillis));
    }

    ChampionWatch plus(Input.Ripened ripened, JudgingPlan plan) {
        if (ripened.arm() == Arm.EXPLORE) {
            return this;
        }
        boolean own = ripened.arm() == Arm.CHAMPION;
        Moments goal = ripened.totals().goal().sums();
        long at = ripened.drawnAtMillis();
        return new ChampionWatch(
                champion.plus(ripened, own),
                own ? controlDrift : controlDrift.plus(goal, at, plan.driftBlock()),
                own ? championDrift.plus(goal, at, plan.driftBlock()) : championDrift);
    }
}
