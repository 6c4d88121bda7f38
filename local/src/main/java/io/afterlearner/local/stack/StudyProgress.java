package io.afterlearner.local.stack;

import org.jspecify.annotations.Nullable;

/**
 * How far a study is, as the optimizer tells it.
 *
 * @param reason why it stopped or was refused
 * @param number the recommended candidate
 * @param loss its loss; null until it is told
 * @param baselineLoss candidate 0's; null until it is told
 * @param learnedNats how much the search for it may have adapted to the losses; null where unknown
 * @param explanation which algorithm searches now and why, in one line
 */
public record StudyProgress(
        String study,
        String status,
        @Nullable String reason,
        long number,
        @Nullable Double loss,
        @Nullable Double baselineLoss,
        long budget,
        long asked,
        long told,
        long failed,
        long expired,
        @Nullable Double learnedNats,
        @Nullable String explanation) {

    /** Candidates accounted for. */
    public long ended() {
        return told + failed + expired;
    }

    /** Whether nothing more will come of it. */
    public boolean isOver() {
        return status.equals("FINISHED") || status.equals("STOPPED");
    }

    public boolean isPaused() {
        return status.equals("PAUSED");
    }
}
