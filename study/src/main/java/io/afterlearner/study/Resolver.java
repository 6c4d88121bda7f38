package io.afterlearner.study;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.evaluation.Evaluation;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.evaluation.score.UnscorableException;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Prior;
import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.Artifacts.Found;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds a study.yaml against its model, and against its data down to the loss of ℵ₀ on the search split or, where users are
 * the loss, against what can be judged, so that nothing the services would refuse gets to them.
 */
public final class Resolver {
    /** Values of all candidates together, which the optimizer keeps in memory. */
    private static final long MOST_VALUE_BYTES = 1L << 30;

    private final StudyFile file;
    private final Artifacts artifacts;

    /**
     * @param downloads where files fetched by http(s) are kept
     */
    public Resolver(StudyFile file, Path downloads) {
        this.file = file;
        this.artifacts = new Artifacts(file.folder(), downloads);
    }

    /**
     * The spec of a study of either kind.
     *
     * @throws InputException naming the place of the first thing that does not fit
     */
    public StudySpec spec() {
        return file.judged() instanceof OnlineKeys online
                ? online(online)
                : resolve().spec();
    }

    /**
     * @throws InputException naming the place of the first thing that does not fit; in an online study that is what it is
     *     judged by
     */
    public Resolved resolve() {
        DataKeys data = file.data();
        Found model = artifacts.find(file.model());
        Found search = artifacts.find(data.search());
        Found test = artifacts.find(data.test());
        if (search.artifact().getSha256().equals(test.artifact().getSha256())) {
            throw data.test().at().error("has the same content as data.search; give examples the search never sees");
        }
        Losses.Chosen loss = loss(data.loss());
        Model read = model(model.path());
        Aleph aleph = aleph(read);
        List<AlephGroup> groups = Groups.of(aleph);
        optimizer(groups);
        open(read, aleph, loss, data.search(), search.path(), true);
        open(read, aleph, loss, data.test(), test.path(), false);
        StudySpec spec = spec(model, groups)
                .setSearch(search.artifact())
                .setTest(test.artifact())
                .setLoss(data.loss().spec())
                .build();
        return new Resolved(StudyId.given(spec), read, aleph, loss, search.path(), test.path());
    }

    private StudySpec online(OnlineKeys online) {
        Found model = artifacts.find(file.model());
        List<AlephGroup> groups = Groups.of(aleph(model(model.path())));
        optimizer(groups);
        StudySpec.Builder spec = spec(model, groups);
        spec.setOnline(online.beginning(spec.getCreatedAtMillis()));
        StudySpec whole = StudyId.given(spec.build());
        try {
            OnlineRules.check(whole);
        } catch (RefusedException e) {
            throw SpecPlace.of(file.root(), e.field()).error(e.what());
        }
        return whole;
    }

    /** What studies of both kinds have. */
    private StudySpec.Builder spec(Found model, List<AlephGroup> groups) {
        return StudySpec.newBuilder()
                .setStudy("")
                .setName(file.name())
                .setCreatedAtMillis(System.currentTimeMillis())
                .setModel(model.artifact())
                .setAleph(groups)
                .setOptimizer(file.optimizer())
                .setEvaluation(file.evaluation())
                .setPriors(priors(groups));
    }

    private static Losses.Chosen loss(DataKeys.LossKey key) {
        try {
            return Losses.create(key.spec().getType(), key.spec().getSettings());
        } catch (DataException e) {
            throw at(e, key.at()).error(InputException.reason(e));
        }
    }

    private static Yaml at(DataException e, Yaml loss) {
        String setting = e.setting();
        return setting == null ? loss : loss.mapping().getOrDefault(setting, loss);
    }

    private Model model(Path path) {
        try {
            return Model.read(path);
        } catch (AlephException e) {
            throw file.model().at().error(InputException.reason(e));
        }
    }

    private Aleph aleph(Model model) {
        for (AlephKey key : file.aleph()) {
            try {
                Aleph.bind(model, List.of(key.entry()));
            } catch (AlephException e) {
                throw key.blamed(InputException.reason(e)).error(InputException.reason(e));
            }
        }
        List<AlephEntry> entries = file.aleph().stream().map(AlephKey::entry).toList();
        try {
            return Aleph.bind(model, entries);
        } catch (AlephException e) {
            throw file.alephPlace().error(InputException.reason(e));
        }
    }

    private List<Prior> priors(List<AlephGroup> groups) {
        FileKey warmStart = file.warmStart();
        return warmStart == null
                ? List.of()
                : WarmStartFile.read(warmStart.at(), artifacts.find(warmStart).path(), groups);
    }

    private void optimizer(List<AlephGroup> groups) {
        OptimizerSpec wanted = file.optimizer();
        Yaml at = file.optimizerPlace("type");
        try {
            Space space = Groups.space(groups);
            Optimizers.create(
                    wanted.getType(),
                    Problem.of(space, wanted.getBudget(), wanted.getParallelism(), wanted.getSeed())
                            .withRuns(wanted.getRuns())
                            .withNoise(Problem.Noise.valueOf(wanted.getNoise().name())));
            long most = MOST_VALUE_BYTES / Double.BYTES / space.dimension();
            if (wanted.getBudget() > most) {
                throw file.optimizerPlace("budget")
                        .error("must be at most " + most + " with " + space.dimension() + " parameters, not "
                                + wanted.getBudget());
            }
        } catch (IllegalArgumentException e) {
            throw at.error(InputException.reason(e));
        }
    }

    private void open(Model model, Aleph aleph, Losses.Chosen loss, FileKey key, Path path, boolean score) {
        try (Evaluation evaluation =
                Evaluation.open(model, aleph, Dataset.read(path), loss, Evaluation.Options.cpu(1))) {
            if (score) {
                evaluation.score(aleph.initial());
            }
        } catch (DataException e) {
            throw misfit(e, key);
        } catch (AlephException e) {
            throw file.model().at().error(InputException.reason(e));
        } catch (UnscorableException e) {
            throw file.data()
                    .loss()
                    .at()
                    .error("the shipped model has no loss on " + key.uri() + ": " + InputException.reason(e));
        }
    }

    private InputException misfit(DataException e, FileKey key) {
        Yaml at = switch (e.subject()) {
            case MODEL -> file.model().at();
            case LOSS -> file.data().loss().at();
            case DATA -> key.at();
        };
        return at.error(InputException.reason(e));
    }
}
