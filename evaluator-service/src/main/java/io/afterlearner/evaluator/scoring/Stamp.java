package io.afterlearner.evaluator.scoring;

import io.afterlearner.evaluator.core.Reasons;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.StudySpec;
import org.jspecify.annotations.Nullable;

/**
 * Where a fitness comes from, on every fitness.
 *
 * @param evaluator who measures
 * @param digest of the code that measures
 * @param provider ONNX Runtime's execution provider
 */
public record Stamp(String evaluator, String digest, String provider) {

    public Fitness measured(
            Candidate candidate, StudySpec spec, double loss, double standardError, long examples, long micros) {
        Double error = Double.isFinite(standardError) ? standardError : null;
        return new Fitness(
                candidate.getStudy(),
                candidate.getNumber(),
                new Measured(loss, error),
                provenance(spec, examples, micros));
    }

    public Fitness failed(Candidate candidate, @Nullable StudySpec spec, @Nullable String reason) {
        return failed(candidate, spec, reason, 0);
    }

    public Fitness failed(Candidate candidate, @Nullable StudySpec spec, @Nullable String reason, long micros) {
        return new Fitness(
                candidate.getStudy(),
                candidate.getNumber(),
                new Failed(Reasons.oneLine(reason), null),
                provenance(spec, 0, micros));
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
