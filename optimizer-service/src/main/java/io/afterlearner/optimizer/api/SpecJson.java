package io.afterlearner.optimizer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Prior;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Transform;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A StudySpec as JSON, with the same field names. Fields with a default may be missing. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SpecJson(
        @Nullable String study,
        @Nullable String name,
        @Nullable Long createdAtMillis,
        @Nullable ArtifactJson model,
        @Nullable List<GroupJson> aleph,
        @Nullable ArtifactJson search,
        @Nullable ArtifactJson test,
        @Nullable LossJson loss,
        @Nullable OptimizerJson optimizer,
        @Nullable EvaluationJson evaluation,
        @Nullable List<JsonNode> priors,
        @Nullable JsonNode online) {

    public record ArtifactJson(
            @Nullable String uri, @Nullable String sha256) {
        static @Nullable ArtifactJson of(@Nullable Artifact artifact) {
            return artifact == null ? null : new ArtifactJson(artifact.getUri(), artifact.getSha256());
        }

        static @Nullable Artifact artifact(@Nullable ArtifactJson json, String field) {
            return json == null
                    ? null
                    : new Artifact(need(json.uri, field + ".uri"), need(json.sha256, field + ".sha256"));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GroupJson(
            @Nullable String tensor,
            @Nullable String slice,
            @Nullable Transform transform,
            @Nullable Granularity per,
            @Nullable Integer axis,
            @Nullable List<Integer> shape,
            @Nullable Kind kind,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Boolean log,
            @Nullable Double step,
            @Nullable List<Double> initial,
            @Nullable List<Double> choices) {

        static GroupJson of(AlephGroup g) {
            return new GroupJson(
                    g.getTensor(),
                    g.getSlice(),
                    g.getTransform(),
                    g.getPer(),
                    g.getAxis(),
                    g.getShape(),
                    g.getKind(),
                    g.getLow(),
                    g.getHigh(),
                    g.getLog(),
                    g.getStep(),
                    g.getInitial(),
                    g.getChoices());
        }

        AlephGroup group() {
            List<Double> values = need(initial, "aleph.initial");
            return new AlephGroup(
                    need(tensor, "aleph.tensor"),
                    slice,
                    or(transform, Transform.VALUE),
                    or(per, Granularity.ELEMENT),
                    or(axis, 0),
                    or(shape, List.of(values.size())),
                    or(kind, Kind.REAL),
                    low,
                    high,
                    or(log, false),
                    step,
                    values,
                    or(choices, List.of()));
        }
    }

    public record LossJson(@Nullable String type, @Nullable Map<String, String> settings) {}

    public record OptimizerJson(
            @Nullable String type,
            @Nullable Long budget,
            @Nullable Integer parallelism,
            @Nullable Long seed,
            @Nullable Integer runs,
            @Nullable Noise noise) {}

    public record EvaluationJson(
            @Nullable Long timeoutMillis, @Nullable String pool) {}

    static SpecJson of(StudySpec s) {
        return new SpecJson(
                s.getStudy(),
                s.getName(),
                s.getCreatedAtMillis(),
                ArtifactJson.of(s.getModel()),
                s.getAleph().stream().map(GroupJson::of).toList(),
                ArtifactJson.of(s.getSearch()),
                ArtifactJson.of(s.getTest()),
                s.getLoss() == null
                        ? null
                        : new LossJson(s.getLoss().getType(), s.getLoss().getSettings()),
                new OptimizerJson(
                        s.getOptimizer().getType(),
                        s.getOptimizer().getBudget(),
                        s.getOptimizer().getParallelism(),
                        s.getOptimizer().getSeed(),
                        s.getOptimizer().getRuns(),
                        s.getOptimizer().getNoise()),
                new EvaluationJson(
                        s.getEvaluation().getTimeoutMillis(), s.getEvaluation().getPool()),
                s.getPriors().isEmpty()
                        ? null
                        : s.getPriors().stream().map(JsonRecords::of).toList(),
                s.getOnline() == null ? null : JsonRecords.of(s.getOnline()));
    }

    /** @throws IllegalArgumentException if a field is missing; one line that names it */
    StudySpec spec(long nowMillis) {
        OptimizerJson o = need(optimizer, "optimizer");
        EvaluationJson e = or(evaluation, new EvaluationJson(null, null));
        String identity = need(study, "study");
        return new StudySpec(
                identity,
                or(name, identity),
                or(createdAtMillis, nowMillis),
                ArtifactJson.artifact(model, "model"),
                need(aleph, "aleph").stream()
                        .map(g -> need(g, "aleph"))
                        .map(GroupJson::group)
                        .toList(),
                ArtifactJson.artifact(search, "search"),
                ArtifactJson.artifact(test, "test"),
                loss == null && isOnline() ? null : loss(need(loss, "loss")),
                new OptimizerSpec(
                        or(o.type, "auto"),
                        need(o.budget, "optimizer.budget"),
                        or(o.parallelism, 1),
                        or(o.seed, 1L),
                        or(o.runs, 1),
                        or(o.noise, Noise.UNKNOWN)),
                new EvaluationSpec(or(e.timeoutMillis, 60_000L), or(e.pool, "default")),
                priors(or(priors, List.of())),
                isOnline() ? JsonRecords.record(need(online, "online"), OnlineSpec.class, "online") : null);
    }

    private boolean isOnline() {
        return online != null && !online.isNull();
    }

    private static LossSpec loss(LossJson json) {
        return new LossSpec(need(json.type, "loss.type"), or(json.settings, Map.of()));
    }

    private static List<Prior> priors(List<JsonNode> json) {
        return IntStream.range(0, json.size())
                .mapToObj(i -> JsonRecords.record(json.get(i), Prior.class, "priors[" + i + "]"))
                .toList();
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return Optional.ofNullable(value).orElse(Objects.requireNonNull(otherwise));
    }

    private static <T> T need(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing: give one");
        }
        return value;
    }
}
