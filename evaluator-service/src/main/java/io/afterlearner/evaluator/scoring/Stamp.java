package io.afterlearner.evaluator.scoring;

import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.StudySpec;
import org.jspecify.annotations.Nullable;

/**
 * The provenance that this evaluator adds to every fitness.
 *
 * @param evaluator name of this evaluator
 * @param digest of this evaluator's code
 * @param provider ONNX Runtime's execution provider
 */
public record Stamp(String evaluator, String digest, String provider) {

    /** @param standardError NaN if unknown; a record says null instead, and this is the only place that converts it */
    public Fitness measured(
            Candidate candidate, StudySpec spec, double loss, double standardError, long examples, long micros) {
        Double error = Double.isNaN(standardError) ? null : standardError;
        return new Fitness(
                candidate.getStudy(),
                candidate.getNumber(),
                new Measured(loss, error),
                provenance(spec, examples, micros),
                candidate.getIncarnation());
    }

    /** @param spec null if the study is unknown */
    public Fitness failed(Candidate candidate, @Nullable StudySpec spec, Failed failed, long micros) {
        return new Fitness(
                candidate.getStudy(),
                candidate.getNumber(),
                failed,
                provenance(spec, 0, micros),
                candidate.getIncarnation());
    }

    private Provenance provenance(@Nullable StudySpec spec, long examples, long micros) {
        return new Provenance(
                evaluator,
                digest,
                spec == null ? null : sha256(spec.getModel()),
                spec == null ? null : sha256(spec.getSearch()),
                provider,
                examples,
                micros,
                System.currentTimeMillis());
    }

    private static @Nullable String sha256(@Nullable Artifact artifact) {
        return artifact == null ? null : artifact.getSha256();
    }
}
