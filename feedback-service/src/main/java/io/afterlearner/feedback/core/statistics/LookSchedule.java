package io.afterlearner.feedback.core.statistics;

/**
 * When to evaluate the tests: at each of the first 20 exposures, then whenever there are 5 % more. Sequential tests may
 * be read at any time; more looks cost time and gain nothing.
 */
public final class LookSchedule {

    private LookSchedule() {}

    public static boolean isDue(long before, long after) {
        long stride = 1 + before / 20;
        return after / stride > before / stride;
    }
}
