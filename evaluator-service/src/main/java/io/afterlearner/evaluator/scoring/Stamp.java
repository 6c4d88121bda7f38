package io.afterlearner.evaluator.scoring;

import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictRequest;
import org.jspecify.annotations.Nullable;

/**
 * The provenance that this evaluator adds to every fitness and verdict.
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
                provenance(spec, spec.getSearch(), examples, micros),
                candidate.getIncarnation());
    }

    /** @param spec null if the study is unknown */
    public Fitness failed(Candidate candidate, @Nullable StudySpec spec, Failed failed, long micros) {
        return new Fitness(
                candidate.getStudy(),
                candidate.getNumber(),
                failed,
                provenance(spec, spec == null ? null : spec.getSearch(), 0, micros),
                candidate.getIncarnation());
    }

    /**
     * @param spec null if the study is unknown
     * @param outcome a ScoredVerdict or a Failed
     */
    public VerdictAnswer answer(
            VerdictRequest request, @Nullable StudySpec spec, Object outcome, long examples, long micros) {
        return new VerdictAnswer(
                request.getStudy(),
                request.getIncarnation(),
                request.getNumber(),
                outcome,
                provenance(spec, spec == null ? null : spec.getTest(), examples, micros));
    }

    private Provenance provenance(@Nullable StudySpec spec, @Nullable Artifact data, long examples, long micros) {
        return new Provenance(
                evaluator,
                digest,
                spec == null ? null : sha256(spec.getModel()),
                sha256(data),
                provider,
                examples,
                micros,
                System.currentTimeMillis());
    }

    private static @Nullable String sha256(@Nullable Artifact artifact) {
        return artifact == null ? null : artifact.getSha256();
    }
}
