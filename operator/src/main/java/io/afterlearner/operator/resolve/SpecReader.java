package io.afterlearner.operator.resolve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.evaluation.fetch.Downloads;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.InputError;
import io.afterlearner.study.InputException;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the spec of a Study as a study.yaml: the module study checks it against its model and data, as the command line does.
 *
 * @param downloads where fetched files are kept
 */
public record SpecReader(FileRules files, Downloads downloads) {
    /**
     * The spec of the study, with the id that follows from its content.
     *
     * @throws InputException for what cannot be a study, and for files that cannot be read
     */
    public StudySpec read(Study study) {
        ObjectNode keys = study.getSpec().studyKeys();
        if (keys.has("name")) {
            throw new InputException(new InputError("", 0, "name", "a Study is named by its metadata", "omit it"));
        }
        files.check(keys);
        keys.put(
                "name",
                StudyName.of(
                        study.getMetadata().getNamespace(), study.getMetadata().getName()));
        try {
            Path file = Files.createTempFile("study", ".yaml");
            try {
                // JSON is YAML.
                Files.writeString(file, keys.toString());
                return new Resolver(StudyFile.read("", file, downloads)).spec();
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new InputException(
                    "the operator cannot write temporary files: " + Refusal.reason(e), "make its /tmp larger");
        }
    }
}
