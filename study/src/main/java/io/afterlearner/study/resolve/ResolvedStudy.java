package io.afterlearner.study.resolve;

import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.evaluation.Batching;
import io.afterlearner.evaluation.Sanity;
import io.afterlearner.evaluation.Targets;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.schemas.StudySpec;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A study that fits its model and data.
 *
 * @param spec with the id that follows from its content
 * @param search file of the search split; only evaluators score the test split
 * @param targets of the search split
 * @param testContent digest of the test split's examples, independent of the file; null without a test split
 * @param sanity how candidate 0 compares with the untouched model on the search split
 */
public record ResolvedStudy(
        StudySpec spec,
        Model model,
        Aleph aleph,
        Losses.Chosen loss,
        Path search,
        Targets targets,
        @Nullable String testContent,
        Sanity sanity) {

    /** How examples go through the model. */
    public Batching batching() {
        return Batching.of(spec.getEvaluation());
    }

    /** The same study under the id it runs as. */
    public ResolvedStudy named(StudySpec named) {
        return new ResolvedStudy(named, model, aleph, loss, search, targets, testContent, sanity);
    }
}
