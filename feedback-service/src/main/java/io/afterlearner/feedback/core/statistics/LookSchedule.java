package io.afterlearner.feedback.core.statistics;

/**
 * When to look: at each of the first exposures, then whenever there are a twentieth more. More costs, and tells no
 * more.
 */
public final class LookSchedule {

    private LookSchedule() {}

    public static boolean isDue(long before, long after) {
        long stride = 1 + before / 20;
        return after / stride > before / stride;
    }
}
