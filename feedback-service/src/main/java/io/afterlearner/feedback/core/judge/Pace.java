package io.afterlearner.feedback.core.judge;

import java.util.List;

/**
 * How fast a study may change what is served.
 *
 * @param minimumRunMillis least time of a duel, and of each step of a ramp
 * @param cycleMillis period after which traffic repeats; 0 if none is known
 * @param ramp shares of the champion's units that a new champion gets, step by step, rising to 1; empty is all at once
 */
public record Pace(long minimumRunMillis, long cycleMillis, List<Double> ramp) {
    public static final Pace AT_ONCE = new Pace(0, 0, List.of());

    private static final long DAY_MILLIS = 86_400_000;

    public Pace {
        ramp = List.copyOf(ramp);
    }

    /** Nobody says that traffic does not depend on the time of day. */
    long driftCycleMillis() {
        return cycleMillis > 0 ? cycleMillis : DAY_MILLIS;
    }

    /** Share of the first step. */
    double firstShare() {
        return ramp.isEmpty() ? 1 : ramp.get(0);
    }

    /** Share of the step after this one. */
    double shareAfter(double share) {
        return ramp.stream().filter(next -> next > share).findFirst().orElse(1.0);
    }
}
