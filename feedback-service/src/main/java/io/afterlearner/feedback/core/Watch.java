package io.afterlearner.feedback.core;

/**
 * The champion since it became it, and whether its level or control's moved.
 */
public record Watch(Trial champion, Drift controlDrift, Drift championDrift) {

    static Watch over(ArmValues champion, Plan plan) {
        Drift drift = Drift.since(champion.sinceMillis());
        return new Watch(Trial.of(champion, Long.MAX_VALUE, plan), drift, drift);
    }

    /** Control is the same whoever is champion. */
    Watch crowning(ArmValues next, Plan plan) {
        return new Watch(Trial.of(next, Long.MAX_VALUE, plan), controlDrift, Drift.warmSince(next.sinceMillis()));
    }

    Watch plus(Input.Ripened ripened, Plan plan) {
        if (ripened.arm() == Arm.EXPLORE) {
            return this;
        }
        boolean own = ripened.arm() == Arm.CHAMPION;
        Sums goal = ripened.worth().goal().sums();
        long at = ripened.assignedAtMillis();
        return new Watch(
                champion.plus(ripened, own),
                own ? controlDrift : controlDrift.plus(goal, at, plan.driftBlock()),
                own ? championDrift.plus(goal, at, plan.driftBlock()) : championDrift);
    }
}
