package io.afterlearner.report.result;

import io.afterlearner.evaluation.Sanity;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a study.
 *
 * @param improved whether the search loss is below ℵ₀'s; else the shipped values are kept
 * @param status how the study ended, such as FINISHED
 * @param number the candidate of {@code after}; 0 is ℵ₀
 * @param before ℵ₀ in parameter units
 * @param after the values in the retrofitted model
 * @param seconds active time
 * @param explanation which algorithm searched last and why, in one line
 * @param sanity how candidate 0 compares with the untouched model
 * @param version of AfterLearner
 */
public record Result(
        StudySpec spec,
        boolean improved,
        String status,
        long number,
        SplitResult search,
        SplitResult test,
        long asked,
        History history,
        List<Double> before,
        List<Double> after,
        double seconds,
        Bound bound,
        @Nullable String explanation,
        Sanity sanity,
        String version) {

    /** {@code improved} or {@code kept}. */
    public String outcome() {
        return improved ? "improved" : "kept";
    }

    public long told() {
        return history.count(HistoryEntry.Status.TOLD);
    }

    public long failed() {
        return history.count(HistoryEntry.Status.FAILED);
    }

    public long expired() {
        return history.count(HistoryEntry.Status.EXPIRED);
    }

    public double candidatesPerSecond() {
        return seconds > 0 ? (told() + failed() + expired()) / seconds : 0;
    }
}
