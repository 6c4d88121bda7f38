package io.afterlearner.evaluator.scoring;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.run.RunOptions;
import io.afterlearner.evaluation.Batching;
import io.afterlearner.evaluation.Evaluation;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.DataException.Subject;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.fetch.Uses;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.evaluation.manifest.Manifest;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.StudySpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Opens a study: fetches model and data, checks that they fit, and runs the frozen prefix. Thread-safe. */
final class StudyOpener {
    private static final String FILE = "give its uri and sha256";
    private static final Logger LOG = Logger.getLogger(StudyOpener.class);
    /** A study that could not be opened is not tried again for this long: each try reads model and data anew. */
    private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int MAX_REFUSALS = 1000;

    private record Refusal(RuntimeException problem, long untilNanos) {}

    /** The study whose files this machine could not keep. */
    private record Unkept(StudySpec spec, Artifact model, Artifact data) {}

    /** With the digests that they must have. */
    private record Files(Path model, String modelSha256, Path data, String dataSha256) {}

    /**
     * An open study.
     *
     * @param bytes it takes in memory
     */
    record Opened(Evaluation evaluation, long bytes) {}

    private final SessionSettings settings;
    private final int lanes;
    private final Artifacts artifacts;
    private volatile @Nullable Unkept unkept;
    /** By study, oldest first. */
    private final Map<Incarnation, Refusal> refusals = new LinkedHashMap<>();

    /** @param lanes candidates scored at a time */
    StudyOpener(SessionSettings settings, int lanes, Artifacts artifacts) {
        this.settings = settings;
        this.lanes = lanes;
        this.artifacts = artifacts;
    }

    /**
     * @throws DataException if model, data and loss do not fit together, or cannot be fetched
     * @throws AlephException if the model or the ℵ groups cannot be used
     * @throws UnableException if this machine cannot keep the study's files
     */
    Opened open(StudySpec spec) {
        refuseAgain(Incarnation.of(spec));
        try {
            return read(spec);
        } catch (UnableException e) {
            throw e;
        } catch (RuntimeException e) {
            refuse(Incarnation.of(spec), e);
            LOG.warnf("study %s cannot be evaluated: %s", spec.getStudy(), Failures.reason(e));
            throw e;
        }
    }

    private synchronized void refuseAgain(Incarnation study) {
        Refusal known = refusals.remove(study);
        if (known != null && known.untilNanos() - System.nanoTime() > 0) {
            refusals.put(study, known);
            throw known.problem();
        }
    }

    private synchronized void refuse(Incarnation study, RuntimeException problem) {
        if (refusals.size() >= MAX_REFUSALS) {
            refusals.remove(refusals.keySet().iterator().next());
        }
        refusals.put(study, new Refusal(problem, System.nanoTime() + REFUSAL_NANOS));
    }

    /**
     * Opens the test split; the caller closes it. At most a quarter of the cache's memory is used beside the studies that are
     * kept open.
     *
     * @throws DataException as {@link #open}
     * @throws AlephException as {@link #open}
     * @throws UnableException as {@link #open}
     */
    Evaluation openTest(StudySpec spec) {
        // One lane; the cached prefix and the buffers may each take as much.
        return read(spec, "test", spec.getTest(), options(settings.cacheBytes() / 8, 1))
                .evaluation();
    }

    private Opened read(StudySpec spec) {
        // Cached prefixes and candidates' buffers may each take as much.
        Opened opened = read(spec, "search", spec.getSearch(), options(settings.cacheBytes() / 2, lanes));
        Evaluation evaluation = opened.evaluation();
        LOG.infof(
                "study %s: %d parameters, %d examples, %d at a time, %d of them cached, %d MiB",
                spec.getStudy(),
                parameters(spec),
                evaluation.examples(),
                evaluation.batchRows(),
                evaluation.cachedExamples(),
                evaluation.bytes() >> 20);
        return opened;
    }

    private static int parameters(StudySpec spec) {
        return spec.getAleph().stream()
                .mapToInt(group -> group.getInitial().size())
                .sum();
    }

    /** Fetches again the files that could not be kept. Returns why they still cannot be kept; null if they can. */
    @Nullable
    String retry() {
        Unkept known = unkept;
        try {
            if (known != null) {
                fetchAgain(known);
            }
        } catch (UnableException e) {
            return e.reason();
        } catch (DataException | AlephException e) {
            LOG.debugf("study %s cannot be fetched: %s", known.spec().getStudy(), e.getMessage());
        }
        unkept = null;
        return null;
    }

    private void fetchAgain(Unkept known) {
        try (Uses uses = new Uses()) {
            fetch(known.spec(), known.model(), known.data(), uses);
        }
    }

    /** The study's files are no longer needed. */
    void ended(String study) {
        Unkept known = unkept;
        if (known != null && known.spec().getStudy().equals(study)) {
            unkept = null;
        }
    }

    private Files fetch(StudySpec spec, Artifact model, Artifact data, Uses uses) {
        try {
            return new Files(
                    artifacts.fetchModel(model, spec.getModelFiles(), settings.maxModelBytes(), uses),
                    model.getSha256(),
                    artifacts.fetch(Subject.DATA, data, settings.maxDataBytes(), uses),
                    data.getSha256());
        } catch (UnableException e) {
            unkept = new Unkept(spec, model, data);
            throw e;
        }
    }

    private Opened read(StudySpec spec, String split, @Nullable Artifact data, Evaluation.Options options) {
        Artifact modelArtifact = required(Subject.MODEL, "model", spec.getModel(), FILE);
        Artifact dataArtifact = required(Subject.DATA, split, data, FILE);
        LossSpec chosen = required(Subject.LOSS, "loss", spec.getLoss(), "give its type and settings");
        // Cheap checks come before downloads.
        Losses.Chosen loss = Losses.create(chosen.getType(), chosen.getSettings());
        // Once open, a study is in memory: its files may then be deleted.
        try (Uses uses = new Uses()) {
            Files files = fetch(spec, modelArtifact, dataArtifact, uses);
            return read(spec, files, loss, options);
        }
    }

    private Opened read(StudySpec spec, Files files, Losses.Chosen loss, Evaluation.Options options) {
        Model model = Model.read(files.model());
        Artifacts.check(Subject.MODEL, files.model(), model.sha256(), files.modelSha256());
        Aleph aleph = Aleph.bind(model, Manifest.entries(spec.getAleph()));
        Dataset examples = Dataset.read(files.data(), settings.maxDataBytes());
        Artifacts.check(Subject.DATA, files.data(), examples.sha256(), files.dataSha256());
        Evaluation evaluation =
                Evaluation.open(model, aleph, examples, loss, Batching.of(spec.getEvaluation()), options);
        return new Opened(evaluation, evaluation.bytes() + model.bytes().length);
    }

    private static <T> T required(Subject subject, String field, @Nullable T value, String fix) {
        if (value == null) {
            throw new DataException(subject, "the study's spec has no " + field, fix);
        }
        return value;
    }

    private Evaluation.Options options(long cacheBytes, int threads) {
        RunOptions.Provider provider = settings.cuda() ? RunOptions.Provider.CUDA : RunOptions.Provider.CPU;
        return new Evaluation.Options(new RunOptions(provider, settings.device(), 1), cacheBytes, threads);
    }
}
