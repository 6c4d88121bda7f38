package io.afterlearner.study.resolve;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.evaluation.Batching;
import io.afterlearner.evaluation.Evaluation;
import io.afterlearner.evaluation.Sanity;
import io.afterlearner.evaluation.SanityCheck;
import io.afterlearner.evaluation.Targets;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.evaluation.manifest.Manifest;
import io.afterlearner.evaluation.score.UnscorableException;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.space.AlephSpace;
import io.afterlearner.study.InputException;
import io.afterlearner.study.StudyId;
import io.afterlearner.study.files.Artifacts.Found;
import io.afterlearner.study.files.Artifacts.FoundModel;
import io.afterlearner.study.files.FileKey;
import io.afterlearner.study.keys.DataKeys;
import io.afterlearner.study.keys.OnlineKeys;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.keys.StudyKeys;
import io.afterlearner.study.warmstart.WarmStartFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks a study.yaml against its model, and against its data up to the loss of ℵ₀ on the search split (or, in an online study,
 * against the rules of the services), so that no service gets a study that it would reject. Every error is an {@link
 * InputException} with the line and key of the first thing that does not fit.
 */
public final class Resolver {
    /** All candidates' values together: the optimizer keeps them in memory. */
    private static final long MAX_VALUE_BYTES = 1L << 30;

    private final StudyFile file;

    public Resolver(StudyFile file) {
        this.file = file;
    }

    /** The spec of a study of either kind. */
    public StudySpec spec() {
        return file.losses() instanceof OnlineKeys online
                ? online(online)
                : resolve().spec();
    }

    /** A study that is scored on data; an online study is an error. */
    public ResolvedStudy resolve() {
        DataKeys data = file.data("create the study on a running stack");
        FoundModel model = file.files().findModel(file.model());
        Found search = file.files().findData(data.search());
        Found test = test(data);
        Losses.Chosen loss = loss(data.loss());
        Model read = model(model.path());
        Aleph aleph = aleph(read);
        List<AlephGroup> groups = Manifest.groups(aleph);
        checkOptimizer(groups);
        Opened<SanityCheck> shipped = scored(read, aleph, loss, data.search(), search.path());
        Sanity sanity = sound(shipped.result(), read);
        String testContent = null;
        if (test != null && data.test() != null) {
            testContent = opened(read, aleph, loss, data.test(), test.path(), Evaluation::examples)
                    .content();
            if (testContent.equals(shipped.content())) {
                throw data.test().at().error("has the same examples as data.search", "give other examples");
            }
        }
        StudySpec spec = warm(spec(model, groups)
                .setSearch(search.artifact())
                .setTest(test == null ? null : test.artifact())
                .setLoss(data.loss())
                .build());
        return new ResolvedStudy(
                StudyId.withId(spec), read, aleph, loss, search.path(), shipped.targets(), testContent, sanity);
    }

    /** Null if the study has no test split. */
    private @Nullable Found test(DataKeys data) {
        FileKey key = data.test();
        return key == null ? null : file.files().findData(key);
    }

    private StudySpec online(OnlineKeys online) {
        FoundModel model = file.files().findModel(file.model());
        List<AlephGroup> groups = Manifest.groups(aleph(model(model.path())));
        checkOptimizer(groups);
        StudySpec.Builder spec = spec(model, groups);
        spec.setOnline(online.beginning(spec.getCreatedAtMillis()));
        StudySpec whole = StudyId.withId(warm(spec.build()));
        try {
            OnlineRules.check(whole);
        } catch (RefusedException e) {
            throw refused(e);
        }
        return whole;
    }

    /** The fields that both kinds of studies have. */
    private StudySpec.Builder spec(FoundModel model, List<AlephGroup> groups) {
        return StudySpec.newBuilder()
                .setStudy("")
                .setName(file.name())
                .setCreatedAtMillis(System.currentTimeMillis())
                .setModel(model.artifact())
                .setModelFiles(model.files())
                .setAleph(groups)
                .setOptimizer(file.optimizer())
                .setEvaluation(file.evaluation());
    }

    private Losses.Chosen loss(LossSpec spec) {
        try {
            return Losses.create(spec.getType(), spec.getSettings());
        } catch (DataException e) {
            throw misfit(e, "loss");
        }
    }

    private Model model(Path path) {
        try {
            return Model.read(path);
        } catch (AlephException e) {
            throw file.model().at().error(e.refusal());
        }
    }

    private Aleph aleph(Model model) {
        try {
            return Aleph.bind(model, file.aleph());
        } catch (AlephException e) {
            String field =
                    e.field().map(f -> "aleph[" + f.entry() + "]." + f.name()).orElse("aleph");
            throw file.at(field).error(e.refusal());
        }
    }

    /** With the trials of {@code optimizer.warmStart}. */
    private StudySpec warm(StudySpec spec) {
        FileKey key = file.warmStart();
        if (key == null) {
            return spec;
        }
        Set<String> inputs = file.aleph().stream()
                .filter(entry -> !entry.initial().isEmpty())
                .map(AlephEntry::tensor)
                .collect(Collectors.toSet());
        Path history = file.files().find(key).path();
        return StudySpec.newBuilder(spec)
                .setPriors(WarmStartFile.read(key.at(), history, spec, inputs))
                .build();
    }

    private void checkOptimizer(List<AlephGroup> groups) {
        OptimizerSpec wanted = file.optimizer();
        try {
            Space space = AlephSpace.of(groups);
            Optimizers.create(
                    wanted.getType(),
                    Problem.of(space, wanted.getBudget(), wanted.getParallelism(), wanted.getSeed())
                            .withRuns(wanted.getRuns())
                            .withNoise(Problem.Noise.valueOf(wanted.getNoise().name())));
            long most = MAX_VALUE_BYTES / Double.BYTES / space.dimension();
            if (wanted.getBudget() > most) {
                throw file.at("optimizer.budget")
                        .error("must be at most " + most + " with " + space.dimension() + " parameters, not "
                                + wanted.getBudget());
            }
        } catch (RefusedException e) {
            throw refused(e);
        } catch (IllegalArgumentException e) {
            throw file.at("optimizer.type").error(InputException.reason(e));
        }
    }

    /** @return candidate 0's outputs, to compare with those of the untouched model */
    private Opened<SanityCheck> scored(Model model, Aleph aleph, Losses.Chosen loss, FileKey key, Path path) {
        return opened(model, aleph, loss, key, path, evaluation -> {
            evaluation.score(aleph.initial());
            return evaluation.sanity();
        });
    }

    /** @param content digest of the examples */
    private record Opened<T>(T result, Targets targets, String content) {}

    private <T> Opened<T> opened(
            Model model, Aleph aleph, Losses.Chosen loss, FileKey key, Path path, Function<Evaluation, T> use) {
        Batching batching = Batching.of(file.evaluation());
        try {
            Dataset data = Dataset.read(path);
            try (Evaluation evaluation =
                    Evaluation.open(model, aleph, data, loss, batching, Evaluation.Options.cpu(1))) {
                return new Opened<>(use.apply(evaluation), evaluation.targets(), data.contentSha256());
            }
        } catch (DataException e) {
            throw misfit(e, key.at().place());
        } catch (AlephException e) {
            throw file.model().at().error(e.refusal());
        } catch (UnscorableException e) {
            throw file.at("loss")
                    .error(
                            "the shipped model cannot be scored on " + key.uri() + ": " + InputException.reason(e),
                            "give examples on which the shipped model has a finite loss, or another loss");
        }
    }

    private Sanity sound(SanityCheck check, Model model) {
        try {
            return sound(check.against(model));
        } catch (AlephException e) {
            throw file.model().at().error(e.refusal());
        }
    }

    private Sanity sound(Sanity sanity) {
        if (!sanity.repeatable()) {
            throw file.model()
                    .at()
                    .error(
                            "the shipped model gives other outputs for the same examples when it runs again: it has"
                                    + " random operators, or Dropout or BatchNormalization in training mode",
                            "export it for inference, in PyTorch after model.eval(), or make its noise an input");
        }
        if (!sanity.isSound()) {
            throw file.model()
                    .at()
                    .error(
                            String.format(
                                    Locale.ROOT,
                                    "the loss of the split model is %.6g, but %.6g in plain ONNX Runtime (%d examples;"
                                            + " outputs differ by %s, over the tolerance of %.0e of their size)",
                                    sanity.loss(),
                                    sanity.plainLoss(),
                                    sanity.examples(),
                                    size(sanity.outputDifference()),
                                    Sanity.TOLERANCE),
                            "choose other ℵ tensors, and report this as a bug");
        }
        if (!sanity.isBatchInvariant()) {
            throw file.at("evaluation.batch")
                    .error(
                            String.format(
                                    Locale.ROOT,
                                    "the shipped model's outputs depend on the batch: the loss is %.6g with %d examples"
                                            + " at a time and %.6g with one (%d examples; outputs differ by %s,"
                                            + " over the tolerance of %.0e of their size)",
                                    sanity.loss(),
                                    sanity.batch(),
                                    sanity.singleLoss(),
                                    sanity.examples(),
                                    size(sanity.singleDifference()),
                                    Sanity.BATCH_TOLERANCE),
                            "set evaluation.batch to what the model gets in production, such as 1; if its examples do"
                                    + " not lie on the first axis, set evaluation.axes");
        }
        return sanity;
    }

    /** A relative difference. Beyond 1 its figure says nothing: the outputs may be close to 0. */
    private static String size(double difference) {
        return difference < 1 ? String.format(Locale.ROOT, "%.2g of their size", difference) : "their size or more";
    }

    private InputException misfit(DataException e, String data) {
        String field = switch (e.subject()) {
            case MODEL -> file.model().at().place();
            case EVALUATION -> "evaluation";
            case LOSS -> e.setting() == null ? "loss" : "loss." + e.setting();
            case DATA -> data;
        };
        return file.at(field).error(e.refusal());
    }

    private InputException refused(RefusedException e) {
        return file.at(StudyKeys.place(e.field())).error(e.problem(), e.fix());
    }
}
