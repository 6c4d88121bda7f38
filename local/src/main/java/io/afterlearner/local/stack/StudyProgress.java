package io.afterlearner.local.stack;

import org.jspecify.annotations.Nullable;

/**
 * The optimizer's view of a study; the components are named as in its JSON.
 *
 * @param reason why it stopped or was refused
 * @param number the recommended candidate
 * @param loss its loss; null until it is told
 * @param baselineLoss the loss of candidate 0; null until it is told
 * @param evaluating outstanding candidates that an evaluator works on; null from an optimizer that does not know it
 * @param pool of the evaluators; null from an optimizer that does not say it
 * @param learnedNats how much the search for it may have adapted to the losses; null if unknown
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
        @Nullable Long evaluating,
        @Nullable String pool,
        @Nullable Double learnedNats,
        @Nullable String explanation) {

    /** Candidates that are told, failed or expired. */
    public long ended() {
        return told + failed + expired;
    }

    /** Whether candidates wait for an evaluator, and as far as known none works on any. */
    public boolean isWaiting() {
        return status.equals("RUNNING") && asked > ended() && evaluating != null && evaluating == 0;
    }

    public boolean isOver() {
        return status.equals("FINISHED") || status.equals("STOPPED");
    }

    public boolean isPaused() {
        return status.equals("PAUSED");
    }
}
