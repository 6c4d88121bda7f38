package io.afterlearner.operator.services;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A study as the optimizer shows it; the components are named as in its JSON.
 *
 * @param reason why it stopped; null unless it did
 * @param number the best candidate
 * @param loss its loss; null until it is scored
 * @param verdict null until there is one
 * @param sequence grows with each event of the study
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StudyView(
        String study,
        String name,
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
        @Nullable Verdict verdict,
        long sequence,
        long createdAtMillis) {

    /**
     * What the test split shows about the final candidate.
     *
     * @param failure why it could not be scored; else null
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Verdict(
            String outcome,
            String reason,
            @Nullable String failure,
            long candidate,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double shippedLoss,
            @Nullable Double candidateLoss) {}

    public boolean isOver() {
        return status.equals("FINISHED") || status.equals("STOPPED");
    }

    public boolean isPaused() {
        return status.equals("PAUSED");
    }

    public boolean isRunning() {
        return status.equals("RUNNING");
    }
}
