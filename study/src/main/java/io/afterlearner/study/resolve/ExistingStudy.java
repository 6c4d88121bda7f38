package io.afterlearner.study.resolve;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.evaluation.Batching;
import io.afterlearner.evaluation.Evaluation;
import io.afterlearner.evaluation.SanityCheck;
import io.afterlearner.evaluation.Targets;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.fetch.Downloads;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.evaluation.manifest.Manifest;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.InputException;
import io.afterlearner.study.files.SpecFiles;
import java.nio.file.Path;
import java.util.Objects;

/** A study that was resolved before, from its spec alone. */
public final class ExistingStudy {
    private ExistingStudy() {}

    /**
     * @param spec of a study on data
     * @throws InputException if a file is missing or has changed
     */
    public static ResolvedStudy of(StudySpec spec, Downloads downloads) {
        SpecFiles files = new SpecFiles(downloads);
        try {
            return resolve(spec, files);
        } catch (AlephException e) {
            throw InputException.of(e);
        } catch (DataException e) {
            throw new InputException(
                    "afterlearner: " + e.refusal().problem(), e.refusal().fix());
        }
    }

    private static ResolvedStudy resolve(StudySpec spec, SpecFiles files) {
        LossSpec chosen = Objects.requireNonNull(spec.getLoss());
        Losses.Chosen loss = Losses.create(chosen.getType(), chosen.getSettings());
        Model model = Model.read(files.findModel(spec));
        Aleph aleph = Aleph.bind(model, Manifest.entries(spec.getAleph()));
        Path search = files.find(spec.getSearch());
        Batching batching = Batching.of(spec.getEvaluation());
        String test = spec.getTest() == null
                ? null
                : Dataset.read(files.find(spec.getTest())).contentSha256();
        SanityCheck check;
        Targets targets;
        try (Evaluation evaluation =
                Evaluation.open(model, aleph, Dataset.read(search), loss, batching, Evaluation.Options.cpu(1))) {
            evaluation.score(aleph.initial());
            check = evaluation.sanity();
            targets = evaluation.targets();
        }
        return new ResolvedStudy(spec, model, aleph, loss, search, targets, test, check.against(model));
    }
}
