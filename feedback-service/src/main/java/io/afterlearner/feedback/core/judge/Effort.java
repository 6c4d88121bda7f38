package io.afterlearner.feedback.core.judge;

/**
 * What a duel is planned to take.
 *
 * @param slots slots of the challenger: constant, because a share that changes would compare different times of day
 * @param exposures of the challenger until a gain like the one it was told with is shown
 */
public record Effort(int slots, long exposures) {
    static final Effort NONE = new Effort(0, 0);
    /** More than any study has: no number of exposures is enough. */
    public static final long NEVER = 1L << 60;
}
