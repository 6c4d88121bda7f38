package io.afterlearner.evaluator.scoring;

import io.afterlearner.evaluation.Evaluation;
import io.afterlearner.evaluation.score.Score;
import io.afterlearner.evaluation.verdict.VerdictRecords;
import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.core.PinnedCache;
import io.afterlearner.evaluator.scoring.StudyOpener.Opened;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.ScoredVerdict;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictRequest;
import io.afterlearner.schemas.Verdicts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Scores by running the study's model: candidates on the search data, the final one also on the test data. The search data of
 * each study is opened once and kept while there is space; the test data is opened for each verdict.
 */
public final class ModelScoring implements Scoring {
    private final Stamp stamp;
    private final Attempts attempts;
    private final StudyOpener opener;
    private final PinnedCache<Incarnation, Opened> opened;

    /** @param lanes candidates scored at a time */
    public ModelScoring(
            SessionSettings settings, int lanes, Artifacts artifacts, Stamp stamp, ScheduledExecutorService clock) {
        this.stamp = stamp;
        this.attempts = new Attempts(clock, this::freeMemory);
        this.opener = new StudyOpener(settings, lanes, artifacts);
        this.opened = new PinnedCache<>(
                settings.cacheBytes(), Opened::bytes, o -> o.evaluation().close());
    }

    private void freeMemory() {
        opened.clear();
    }

    @Override
    public Fitness score(StudySpec spec, Candidate candidate, Duration atMost, Runnable open, Abort abort) {
        long start = System.nanoTime();
        return attempts.run(
                "candidate " + candidate.getNumber() + " of " + spec.getStudy(),
                atMost.toMillis(),
                abort,
                timer -> {
                    try (var pin = opened.pin(Incarnation.of(spec), () -> opener.open(spec))) {
                        timer.run();
                        open.run();
                        Score score = pin.value().evaluation().score(values(candidate.getValues()), abort::whenAborted);
                        return stamp.measured(
                                candidate, spec, score.loss(), score.standardError(), score.examples(), micros(start));
                    }
                },
                failed -> stamp.failed(candidate, spec, failed, micros(start)));
    }

    @Override
    public VerdictAnswer verdict(StudySpec spec, VerdictRequest request, Abort abort) {
        long start = System.nanoTime();
        return attempts.run(
                "the verdict on " + spec.getStudy(),
                Math.min(request.getLimitMillis(), Verdicts.limit(spec).toMillis()),
                abort,
                timer -> {
                    timer.run();
                    try (Evaluation test = opener.openTest(spec)) {
                        ScoredVerdict verdict = verdict(test, spec, request, abort);
                        return stamp.answer(request, spec, verdict, test.examples(), micros(start));
                    }
                },
                failed -> stamp.answer(request, spec, failed, 0, micros(start)));
    }

    private static ScoredVerdict verdict(Evaluation test, StudySpec spec, VerdictRequest request, Abort abort) {
        List<Double> initial = spec.getAleph().stream()
                .flatMap(group -> group.getInitial().stream())
                .toList();
        Score shipped = test.score(values(initial), abort::whenAborted);
        if (request.getNumber() == 0) {
            return VerdictRecords.record(spec, 0, shipped, shipped);
        }
        double[] values = values(request.getValues());
        Score candidate = test.score(values, abort::whenAborted);
        test.refuseBatchDependence(values);
        return VerdictRecords.record(spec, request.getNumber(), shipped, candidate);
    }

    private static long micros(long start) {
        return (System.nanoTime() - start) / 1000;
    }

    private static double[] values(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public @Nullable String retry() {
        return opener.retry();
    }

    @Override
    public void ended(String study) {
        opener.ended(study);
        opened.forget(key -> key.study().equals(study));
    }

    @Override
    public long cacheBytes() {
        return opened.weight();
    }

    @Override
    public int openStudies() {
        return opened.size();
    }

    @Override
    public void close() {
        opened.clear();
    }
}
