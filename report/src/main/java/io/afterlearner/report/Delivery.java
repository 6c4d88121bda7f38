package io.afterlearner.report;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.run.RunOptions;
import io.afterlearner.aleph.write.Patch;
import io.afterlearner.aleph.write.Retrofit;
import io.afterlearner.evaluation.Evaluation;
import io.afterlearner.evaluation.SanityCheck;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.loss.Scorer.BoundedMean;
import io.afterlearner.evaluation.score.Score;
import io.afterlearner.evaluation.score.UnscorableException;
import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.report.file.HistoryCsv;
import io.afterlearner.report.file.Outputs;
import io.afterlearner.report.file.ResultJson;
import io.afterlearner.report.file.VerdictLedger;
import io.afterlearner.report.page.ReportPage;
import io.afterlearner.report.result.Bound;
import io.afterlearner.report.result.History;
import io.afterlearner.report.result.HistoryEntry;
import io.afterlearner.report.result.Result;
import io.afterlearner.report.result.TestResult;
import io.afterlearner.study.resolve.ResolvedStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a finished study into the files that its user asked for.
 *
 * @param study with its model and data
 * @param ledger counts the verdicts made from a test split
 * @param version of AfterLearner, for the provenance table
 */
public record Delivery(ResolvedStudy study, VerdictLedger ledger, String version) {
    public static final String RESULT = "result.json";
    public static final String MODEL = "retrofitted.onnx";
    public static final String CANDIDATE = "candidate.onnx";
    public static final String PATCH = "retrofitted.patch";
    public static final String HISTORY = "history.csv";
    public static final String REPORT = "report.html";

    /** Fused kernels of the whole graph may round differently from the split one, so losses agree only this closely. */
    private static final double REPRODUCTION_TOLERANCE = 1e-3;

    /**
     * The final state of the study, as the optimizer reports it.
     *
     * @param status such as FINISHED
     * @param number the recommended candidate
     * @param budget with all extensions
     */
    public record Ending(
            String status,
            long number,
            long budget,
            long asked,
            @Nullable Double learnedNats,
            @Nullable String explanation) {}

    /**
     * Scores the recommended candidate on the search split and writes all files. Each file is complete or absent; result.json
     * comes last.
     *
     * @param test what evaluators found on the test split
     * @throws IOException if a file cannot be written, or the written model does not behave as measured
     */
    public Result write(Ending ending, History history, TestResult test, Path folder) throws IOException {
        Outputs outputs = new Outputs(folder);
        double[] before = study.aleph().initial();
        double[] best = values(ending, history, before);
        SplitScores search = SplitScores.of(study, best);
        boolean drew = test.losses() != null && ending.number() != 0;
        Result result = new Result(
                study.spec(),
                test,
                drew ? drawn(ending.number()) : 0,
                ending.status(),
                ending.number(),
                search.result(study.spec().getOptimizer().getSeed()),
                ending.budget(),
                ending.asked(),
                history,
                boxed(before),
                boxed(best),
                history.activeMillis() / 1000.0,
                bound(search.candidate(), history.count(HistoryEntry.Status.TOLD), ending.learnedNats()),
                ending.explanation(),
                study.sanity(),
                version);
        write(outputs, result, best, search.candidate());
        return result;
    }

    private int drawn(long number) throws IOException {
        String split = study.testContent();
        return split == null ? 0 : ledger.draw(split, study.spec().getStudy(), number);
    }

    private void write(Outputs outputs, Result result, double[] best, Score search) throws IOException {
        models(outputs, result.verdict(), best, search);
        double[] ship = result.verdict().isImproved() ? best : study.aleph().initial();
        outputs.put(PATCH, file -> Patch.of(study.model(), study.aleph(), ship).write(file));
        outputs.text(HISTORY, HistoryCsv.of(result.history().entries(), study.spec()));
        outputs.text(REPORT, ReportPage.of(result));
        outputs.text(RESULT, ResultJson.of(result));
    }

    /** Writes the model to deploy, and also the best candidate if it is another model. */
    private void models(Outputs outputs, Verdict verdict, double[] best, Score search) throws IOException {
        Outputs.Content candidate = file -> {
            Retrofit.write(study.model(), study.aleph(), best, file);
            check(file, best, search);
        };
        if (verdict.isImproved()) {
            outputs.put(MODEL, candidate);
            outputs.remove(CANDIDATE);
            return;
        }
        if (verdict.outcome() == Verdict.Outcome.KEPT) {
            outputs.remove(CANDIDATE);
        } else {
            outputs.put(CANDIDATE, candidate);
        }
        outputs.put(MODEL, file -> Retrofit.writeShipped(study.model(), study.aleph(), file));
    }

    /** The recommended values. */
    private static double[] values(Ending ending, History history, double[] before) throws IOException {
        if (ending.number() == 0) {
            return before;
        }
        return history.entries().stream()
                .filter(trial -> trial.number() == ending.number())
                .findFirst()
                .map(trial ->
                        trial.values().stream().mapToDouble(Double::doubleValue).toArray())
                .orElseThrow(() -> new IOException("the history has no candidate " + ending.number()
                        + ", which the study recommends; run the same command again"));
    }

    private void check(Path model, double[] values, Score search) throws IOException {
        SanityCheck written;
        // Nothing is run twice, so nothing is cached.
        Evaluation.Options options = new Evaluation.Options(RunOptions.cpu(), 0, 1);
        try (Evaluation evaluation = Evaluation.open(
                study.model(), study.aleph(), Dataset.read(study.search()), study.loss(), study.batching(), options)) {
            evaluation.refuseBatchDependence(values);
            written = evaluation.written(values);
        } catch (AlephException | UnscorableException e) {
            throw new IOException("the best candidate was not written: " + e.getMessage(), e);
        }
        double loss = plainLoss(written, model);
        double apart = Math.abs(loss - search.loss());
        if (!(apart <= REPRODUCTION_TOLERANCE * Math.max(REPRODUCTION_TOLERANCE, Math.abs(search.loss())))) {
            throw new IOException("the model with the best candidate's values has the search loss " + loss
                    + " after loading it again, not " + search.loss()
                    + "; it was not written; run the same command again, or report it");
        }
    }

    private static double plainLoss(SanityCheck written, Path model) throws IOException {
        try {
            return written.plainLoss(model);
        } catch (AlephException e) {
            throw new IOException(
                    "the model with the best candidate's values does not run in plain ONNX Runtime: " + e.getMessage(),
                    e);
        }
    }

    private Bound bound(Score search, long told, @Nullable Double learnedNats) {
        String loss = study.spec().getLoss().getType();
        Optional<BoundedMean> mean = search.scorer().boundedMean(search.sums(), search.examples());
        if (mean.isEmpty()) {
            return Bound.none(loss + " is not a plain mean of a bounded number over examples");
        }
        if (learnedNats == null) {
            return Bound.unlimited(study.spec().getOptimizer().getType());
        }
        return Bound.of(mean.get(), search.loss(), Math.max(1, told), learnedNats);
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
