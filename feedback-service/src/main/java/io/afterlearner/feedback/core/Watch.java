package io.afterlearner.feedback.core;

/**
 * The champion since it became it, and whether its level or control's moved.
 */
public record Watch(Trial champion, Drift controlDrift, Drift championDrift) {

    static Watch over(ArmValues champion, Plan plan) {
        return new Watch(Trial.of(champion, Long.MAX_VALUE, plan), Drift.NONE, Drift.NONE);
    }

    Watch plus(Input.Ripened ripened, Plan plan) {
        boolean own = ripened.arm() == Arm.CHAMPION;
        if (ripened.arm() == Arm.EXPLORE
                || ripened.assignedAtMillis() < champion.arm().sinceMillis()) {
            return this;
        }
        Sums goal = ripened.worth().goal().sums();
        return new Watch(
                champion.plus(ripened, own),
                own ? controlDrift : controlDrift.plus(goal, plan.driftBlock()),
                own ? championDrift.plus(goal, plan.driftBlock()) : championDrift);
    }
}
