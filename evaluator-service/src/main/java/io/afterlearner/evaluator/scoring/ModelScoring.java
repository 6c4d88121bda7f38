package io.afterlearner.evaluator.scoring;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.run.RunOptions;
import io.afterlearner.evaluation.Evaluation;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.evaluation.manifest.Manifest;
import io.afterlearner.evaluation.score.Score;
import io.afterlearner.evaluation.score.UnscorableException;
import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.core.PinnedCache;
import io.afterlearner.evaluator.core.Reasons;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Scores by running the study's model on its search data. Each study is opened once, and kept while there is room. */
public final class ModelScoring implements Scoring {
    private static final Logger LOG = Logger.getLogger(ModelScoring.class);

    /** A study that could not be opened is not tried again for as long: each try reads model and data anew. */
    private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int MAX_REFUSALS = 1000;
    /** A timeout comes a little before the optimizer gives up, so that its reason is told. */
    private static final long MAX_HEAD_START_MILLIS = 500;

    private record Refusal(String reason, long untilNanos) {}

    private record Opened(Evaluation evaluation, long bytes) {}

    private final SessionSettings settings;
    private final int lanes;
    private final Artifacts artifacts;
    private final Stamp stamp;
    private final ScheduledExecutorService clock;
    private final PinnedCache<String, Opened> opened;
    private final Map<String, Refusal> refusals = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Refusal> eldest) {
            return size() > MAX_REFUSALS;
        }
    });

    /**
     * @param lanes candidates scored at a time
     */
    public ModelScoring(
            SessionSettings settings, int lanes, Artifacts artifacts, Stamp stamp, ScheduledExecutorService clock) {
        this.settings = settings;
        this.lanes = lanes;
        this.artifacts = artifacts;
        this.stamp = stamp;
        this.clock = clock;
        this.opened = new PinnedCache<>(
                settings.cacheBytes(), Opened::bytes, o -> o.evaluation().close());
    }

    @Override
    public Fitness score(StudySpec spec, Candidate candidate, Abort abort) {
        long start = System.nanoTime();
        ScheduledFuture<?> alarm =
                clock.schedule(() -> abort.now(Abort.Cause.TIMEOUT), millisLeft(candidate), TimeUnit.MILLISECONDS);
        String reason;
        try (var pin = opened.pin(spec.getStudy(), () -> open(spec))) {
            Score score = pin.value().evaluation().score(values(candidate), abort::whenAborted);
            return stamp.measured(
                    candidate, spec, score.loss(), score.standardError(), score.examples(), micros(start));
        } catch (DataException | AlephException | UnscorableException e) {
            reason = abort.cause() == Abort.Cause.TIMEOUT ? timedOut(start) : e.getMessage();
        } catch (RuntimeException e) {
            LOG.warnf(e, "candidate %d of %s", candidate.getNumber(), spec.getStudy());
            reason = Reasons.unforeseen(e);
        } catch (OutOfMemoryError e) {
            opened.clear();
            reason = "the evaluator ran out of memory; give it more, or the study less data";
        } finally {
            alarm.cancel(false);
        }
        return stamp.failed(candidate, spec, reason, micros(start));
    }

    private static long millisLeft(Candidate candidate) {
        long left = Math.max(0, candidate.getDeadlineMillis() - System.currentTimeMillis());
        return left - Math.min(MAX_HEAD_START_MILLIS, left / 20);
    }

    private static String timedOut(long start) {
        return "not done after " + micros(start) / 1000 + " ms, when its time was up; raise evaluation.timeout";
    }

    private static long micros(long start) {
        return (System.nanoTime() - start) / 1000;
    }

    private static double[] values(Candidate candidate) {
        return candidate.getValues().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private Opened open(StudySpec spec) {
        Refusal known = refusals.get(spec.getStudy());
        if (known != null && known.untilNanos() - System.nanoTime() > 0) {
            throw new DataException(known.reason());
        }
        try {
            Opened study = read(spec);
            refusals.remove(spec.getStudy());
            return study;
        } catch (RuntimeException e) {
            String reason = e instanceof DataException || e instanceof AlephException
                    ? Reasons.oneLine(e.getMessage())
                    : Reasons.unforeseen(e);
            refusals.put(spec.getStudy(), new Refusal(reason, System.nanoTime() + REFUSAL_NANOS));
            LOG.warnf("study %s cannot be evaluated: %s", spec.getStudy(), reason);
            throw e;
        }
    }

    private Opened read(StudySpec spec) {
        Artifact modelArtifact = required("model", spec.getModel());
        Artifact dataArtifact = required("data.search", spec.getSearch());
        // First what is cheap to refuse.
        Losses.Chosen loss =
                Losses.create(spec.getLoss().getType(), spec.getLoss().getSettings());
        Path modelFile = artifacts.fetch("model", modelArtifact, settings.maxModelBytes());
        Path dataFile = artifacts.fetch("data.search", dataArtifact, settings.maxDataBytes());
        Model model = Model.read(modelFile);
        Artifacts.check("model", modelFile, model.sha256(), modelArtifact.getSha256());
        Aleph aleph = Aleph.bind(model, Manifest.entries(spec.getAleph()));
        Dataset data = Dataset.read(dataFile, settings.maxDataBytes());
        Artifacts.check("data.search", dataFile, data.sha256(), dataArtifact.getSha256());
        Evaluation evaluation = Evaluation.open(model, aleph, data, loss, options());
        LOG.infof(
                "study %s: %d parameters, %d examples, %d of them cached, %d MiB",
                spec.getStudy(),
                aleph.size(),
                evaluation.examples(),
                evaluation.cachedExamples(),
                evaluation.bytes() >> 20);
        return new Opened(evaluation, evaluation.bytes() + model.bytes().capacity());
    }

    private static Artifact required(String what, @Nullable Artifact artifact) {
        if (artifact == null) {
            throw new DataException(what + ": the study names none, and this evaluator needs one");
        }
        return artifact;
    }

    private Evaluation.Options options() {
        RunOptions.Provider provider = settings.cuda() ? RunOptions.Provider.CUDA : RunOptions.Provider.CPU;
        // Prefixes and candidates' buffers may each take as much.
        return new Evaluation.Options(new RunOptions(provider, settings.device(), 1), settings.cacheBytes() / 2, lanes);
    }

    @Override
    public void ended(String study) {
        opened.forget(study);
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
