package io.afterlearner.report.result;

import io.afterlearner.evaluation.Sanity;
import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of a study.
 *
 * @param test what the test split shows; the shipped model stays unless it is an improvement
 * @param drawn verdicts that were made from this test split so far, this one included; 0 if none was
 * @param status how the study ended, such as FINISHED
 * @param number the best candidate on the search split; 0 is ℵ₀
 * @param budget number of candidates with all extensions; the spec has the original budget
 * @param before ℵ₀ in parameter units
 * @param after the best candidate's values
 * @param seconds active time
 * @param explanation which algorithm searched last and why, in one line
 * @param sanity how candidate 0 compares with the untouched model
 * @param version of AfterLearner
 */
public record Result(
        StudySpec spec,
        TestResult test,
        int drawn,
        String status,
        long number,
        SplitResult search,
        long budget,
        long asked,
        History history,
        List<Double> before,
        List<Double> after,
        double seconds,
        Bound bound,
        @Nullable String explanation,
        Sanity sanity,
        String version) {

    public Verdict verdict() {
        return test.verdict();
    }

    /** {@code improved}, {@code inconclusive}, {@code worse} or {@code kept}. */
    public String outcome() {
        return verdict().outcome().name().toLowerCase(Locale.ROOT);
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
