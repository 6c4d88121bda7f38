package io.afterlearner.report;

import io.afterlearner.evaluation.Evaluation;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.score.PairedComparison;
import io.afterlearner.evaluation.score.Score;
import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.report.result.SplitResult;
import io.afterlearner.report.result.SplitResult.Interval;
import io.afterlearner.report.result.SplitResult.Measured;
import io.afterlearner.study.resolve.ResolvedStudy;
import java.util.Arrays;

/** The scores of the shipped values and the best candidate's on the search split. Evaluators score the test split. */
record SplitScores(Score baseline, Score candidate) {

    static SplitScores of(ResolvedStudy study, double[] after) {
        double[] before = study.aleph().initial();
        Evaluation.Options options = Evaluation.Options.cpu(1);
        Dataset data = Dataset.read(study.search());
        try (Evaluation evaluation =
                Evaluation.open(study.model(), study.aleph(), data, study.loss(), study.batching(), options)) {
            Score baseline = evaluation.score(before);
            return new SplitScores(baseline, Arrays.equals(before, after) ? baseline : evaluation.score(after));
        }
    }

    /** @param seed of the bootstrap's draws */
    SplitResult result(long seed) {
        PairedComparison compared = PairedComparison.bootstrap(baseline, candidate, seed);
        return new SplitResult(
                measured(baseline.loss(), compared.first()),
                measured(candidate.loss(), compared.second()),
                measured(compared.difference(), compared.interval()),
                baseline.examples());
    }

    /** Percentiles of fewer examples are too narrow to be called an interval. */
    private Measured measured(double value, double[] interval) {
        boolean few = baseline.examples() < Verdict.MIN_EXAMPLES;
        return new Measured(value, few ? null : Interval.of(interval[0], interval[1]));
    }
}
