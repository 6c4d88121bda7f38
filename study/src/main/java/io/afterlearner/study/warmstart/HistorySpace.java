package io.afterlearner.study.warmstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.afterlearner.asktell.Space;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Transform;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers in a history.csv mean.
 *
 * @param version of this format
 * @param model digest of the model that was scored; null without one
 * @param data digest of the search split; null in an online study
 * @param score the loss, or the metric of an online study, and its settings
 * @param aleph the ℵ groups, in the order of the columns
 */
public record HistorySpace(
        int version, @Nullable String model, @Nullable String data, Map<String, String> score, List<Group> aleph) {

    /** A group of ℵ-parameters, as in study.yaml. A parameter of choices has the choice's index, from 0, in its column. */
    public record Group(
            String tensor,
            @Nullable String slice,
            Transform transform,
            Granularity per,
            int axis,
            List<Integer> shape,
            Kind kind,
            @Nullable Double low,
            @Nullable Double high,
            boolean log,
            List<Double> choices) {

        static Group of(AlephGroup g) {
            return new Group(
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
                    g.getChoices());
        }

        /** Why a number does not act on the model as in another group; null if it does. */
        @Nullable
        String difference(Group other) {
            if (transform != other.transform) {
                return "transform " + word(transform) + ", not " + word(other.transform);
            }
            if (per != other.per || axis != other.axis) {
                return "per " + word(per) + " axis " + axis + ", not per " + word(other.per) + " axis " + other.axis;
            }
            return shape.equals(other.shape) ? null : "shape " + shape + ", not " + other.shape;
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public static HistorySpace of(StudySpec spec) {
        return new HistorySpace(
                VERSION,
                model(spec),
                digest(spec.getSearch()),
                spec.getOnline() == null ? loss(spec) : metric(spec.getOnline()),
                spec.getAleph().stream().map(Group::of).toList());
    }

    /** The digests of all its files. */
    private static @Nullable String model(StudySpec spec) {
        StringBuilder digests = new StringBuilder();
        spec.getModelFiles()
                .forEach(file -> digests.append('+').append(file.getArtifact().getSha256()));
        String model = digest(spec.getModel());
        return model == null ? null : model + digests;
    }

    private static @Nullable String digest(@Nullable Artifact file) {
        return file == null ? null : file.getSha256();
    }

    private static Map<String, String> loss(StudySpec spec) {
        Map<String, String> score = new TreeMap<>(spec.getLoss().getSettings());
        score.put("type", spec.getLoss().getType());
        return score;
    }

    private static Map<String, String> metric(OnlineSpec online) {
        Metric metric = online.getMetric();
        return new TreeMap<>(Map.of(
                "type", "online",
                "field", metric.getName(),
                "aggregate", metric.getAggregate().name(),
                "goal", metric.getGoal().name(),
                "low", String.valueOf(metric.getLow()),
                "high", String.valueOf(metric.getHigh()),
                "silence", String.valueOf(metric.getSilence())));
    }

    /** One line. */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers has JSON", e);
        }
    }

    /** @throws IllegalArgumentException if the text is not what {@link #json} writes */
    static HistorySpace parse(String json) {
        try {
            HistorySpace space = JSON.readValue(json, HistorySpace.class);
            if (space == null || space.version != VERSION) {
                throw new IllegalArgumentException("not of version " + VERSION);
            }
            if (!(space.parameters() <= Space.MAX_PARAMETERS)) {
                throw new IllegalArgumentException("more than " + Space.MAX_PARAMETERS + " parameters");
            }
            return space;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    private double parameters() {
        return aleph.stream()
                .mapToDouble(group -> group.shape().stream()
                        .mapToDouble(n -> n < 1 ? Double.NaN : n)
                        .reduce(1, (a, b) -> a * b))
                .sum();
    }

    /** Why its losses cannot be compared with those of another study; null if they can. */
    @Nullable
    String difference(HistorySpace other) {
        if (!Objects.equals(model, other.model)) {
            return "are of another model (sha256 " + model + ", not " + other.model + ")";
        }
        if (!Objects.equals(data, other.data)) {
            return "were measured on other data (sha256 " + data + ", not " + other.data + ")";
        }
        return score.equals(other.score) ? null : "are another score (" + score + ", not " + other.score + ")";
    }
}
