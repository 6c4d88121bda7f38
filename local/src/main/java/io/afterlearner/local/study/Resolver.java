package io.afterlearner.local.study;

import io.afterlearner.aleph.Aleph;
import io.afterlearner.aleph.AlephEntry;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Model;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.evaluation.Evaluation;
import io.afterlearner.evaluation.UnscorableException;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.local.study.Artifacts.Found;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Prior;
import io.afterlearner.schemas.StudySpec;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds a study.yaml against its model and data, down to the loss of ℵ₀ on the search split, so that nothing the
 * services would refuse gets to them.
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
     * @throws InputException naming the place of the first thing that does not fit
     */
    public Resolved resolve() {
        Found model = artifacts.find(file.model());
        Found search = artifacts.find(file.search());
        Found test = artifacts.find(file.test());
        if (search.artifact().getSha256().equals(test.artifact().getSha256())) {
            throw file.test().at().error("has the same content as data.search; give examples the search never sees");
        }
        Losses.Chosen loss = loss();
        Model read = model(model.path());
        Aleph aleph = aleph(read);
        List<AlephGroup> groups = Groups.of(aleph);
        optimizer(groups);
        open(read, aleph, loss, file.search(), search.path(), true);
        open(read, aleph, loss, file.test(), test.path(), false);
        StudySpec spec = new StudySpec(
                "",
                file.name(),
                System.currentTimeMillis(),
                model.artifact(),
                groups,
                search.artifact(),
                test.artifact(),
                file.loss().spec(),
                file.optimizer(),
                file.evaluation(),
                priors(groups),
                null);
        return new Resolved(StudyId.given(spec), read, aleph, loss, search.path(), test.path());
    }

    private Losses.Chosen loss() {
        try {
            return Losses.create(
                    file.loss().spec().getType(), file.loss().spec().getSettings());
        } catch (DataException e) {
            throw lossPlace(InputException.reason(e)).error(InputException.reason(e));
        }
    }

    /** The setting a message is about, where it is about one. */
    private Yaml lossPlace(String message) {
        Yaml at = file.loss().at();
        return at.mapping().entrySet().stream()
                .filter(setting -> message.contains("setting " + setting.getKey() + " ")
                        || message.contains("setting \"" + setting.getKey() + "\"")
                        || (setting.getKey().equals("type") && message.startsWith("there is no loss")))
                .map(java.util.Map.Entry::getValue)
                .findFirst()
                .orElse(at);
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
                            .withRuns(wanted.getRuns()));
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
            throw misfit(InputException.reason(e), key);
        } catch (AlephException e) {
            throw file.model().at().error(InputException.reason(e));
        } catch (UnscorableException e) {
            throw file.loss()
                    .at()
                    .error("the shipped model has no loss on " + key.uri() + ": " + InputException.reason(e));
        }
    }

    /** The place of what a message is about, which it says in its first word. */
    private InputException misfit(String message, FileKey key) {
        if (message.startsWith("model:")) {
            return file.model().at().error(message.substring("model:".length()).strip());
        }
        if (message.startsWith("loss:")) {
            return file.loss().at().error(message.substring("loss:".length()).strip());
        }
        if (message.startsWith(file.loss().spec().getType() + " ")) {
            return file.loss().at().error(message);
        }
        String what = message.startsWith("data:")
                ? message.substring("data:".length()).strip()
                : message;
        return key.at().error(what);
    }
}
