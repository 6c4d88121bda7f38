package io.afterlearner.optimizer.core;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A study's status, counts and recommended candidate.
 *
 * @param sequence of the last event folded in; -1 before the first
 * @param reason why it stopped
 * @param failure of a candidate, because of which it stopped by itself
 * @param number the incumbent; 0, which is ℵ₀, until another candidate measures better
 * @param values the incumbent's, in the order of the space
 * @param loss the incumbent's; null until told
 * @param baselineLoss candidate 0's; null until told
 * @param held outstanding candidates that an evaluator said it works on
 * @param learnedNats how much the incumbent's search may have adapted to the losses; infinite where anything is possible
 * @param explanation which algorithm searches now and why, in one line
 */
public record Standing(
        long sequence,
        long atMillis,
        Status status,
        @Nullable String reason,
        @Nullable Failure failure,
        long number,
        List<Double> values,
        @Nullable Double loss,
        @Nullable Double standardError,
        @Nullable Double baselineLoss,
        long budget,
        long asked,
        long told,
        long failed,
        long expired,
        long held,
        Bookkeeping bookkeeping,
        double learnedNats,
        String explanation) {

    static Standing of(StudyState s) {
        Recommendation.Measurement incumbent = s.search.recommendation().incumbent();
        Recommendation.Measurement baseline = s.search.recommendation().baseline();
        return new Standing(
                s.sequence(),
                s.atMillis(),
                s.status(),
                s.stop == null ? null : s.stop.reason(),
                s.stop == null ? null : s.stop.failure(),
                incumbent == null ? 0 : incumbent.number(),
                Arrays.stream(incumbent == null ? s.plan().space().initial() : incumbent.values())
                        .boxed()
                        .toList(),
                incumbent == null ? null : incumbent.loss(),
                incumbent == null ? null : incumbent.standardError(),
                baseline == null ? null : baseline.loss(),
                s.budget,
                s.asked,
                s.told,
                s.failed,
                s.expired,
                s.outstanding.held(),
                s.bookkeeping(),
                s.search.optimizer().learnedNats(incumbent == null ? 0 : incumbent.number()),
                s.search.optimizer().explanation());
    }
}
