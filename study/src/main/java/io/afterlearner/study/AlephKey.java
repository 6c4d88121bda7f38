package io.afterlearner.study;

import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.aleph.manifest.AlephEntry.Granularity;
import io.afterlearner.aleph.manifest.AlephEntry.Transform;
import io.afterlearner.asktell.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One entry of {@code aleph:}, and where it stands. */
record AlephKey(Yaml at, AlephEntry entry) {
    private static final List<String> KEYS = List.of(
            "tensor",
            "slice",
            "transform",
            "per",
            "axis",
            "range",
            "log",
            "integer",
            "step",
            "choices",
            "ordered",
            "initial");
    private static final int MOST_CHOICES = Parameter.Choice.MOST_OPTIONS;

    static AlephKey of(Yaml at) {
        Map<String, Yaml> keys = at.mapping(KEYS);
        Optional<Yaml> axis = key(keys, "axis");
        Granularity per = key(keys, "per")
                .map(value -> value.constant(Granularity.class))
                .orElse(axis.isPresent() ? Granularity.CHANNEL : Granularity.ELEMENT);
        axis.filter(value -> per != Granularity.CHANNEL).ifPresent(value -> {
            throw value.error("is only for per: channel; leave it out");
        });
        boolean log = key(keys, "log").map(Yaml::bool).orElse(false);
        double[] range = range(keys.get("range"), log);
        return new AlephKey(
                at,
                new AlephEntry(
                        StudyFile.required(at, keys, "tensor", "tensor: NAME").text(),
                        key(keys, "slice").map(Yaml::text).orElse(null),
                        StudyFile.required(at, keys, "transform", "transform: shift")
                                .constant(Transform.class),
                        per,
                        (int) axis.map(value -> value.integer(0, 31)).orElse(0L).longValue(),
                        range[0],
                        range[1],
                        log,
                        key(keys, "integer").map(Yaml::bool).orElse(false),
                        key(keys, "step").map(AlephKey::step).orElse(Double.NaN),
                        choices(keys.get("choices"), keys.get("range")),
                        key(keys, "ordered").map(Yaml::bool).orElse(false),
                        key(keys, "initial").map(AlephKey::initial).orElse(List.of())));
    }

    /** The key that a message about the entry speaks of, or the entry where none is clear. */
    Yaml blamed(String message) {
        String key = message.startsWith("no tensor")
                ? "tensor"
                : KEYS.stream()
                        .filter(known -> message.contains(" " + known + " ")
                                && at.mapping().containsKey(known))
                        .findFirst()
                        .orElse("");
        return at.mapping().getOrDefault(key, at);
    }

    private static Optional<Yaml> key(Map<String, Yaml> keys, String key) {
        return Optional.ofNullable(keys.get(key));
    }

    private static double[] range(@Nullable Yaml at, boolean log) {
        if (at == null) {
            return new double[] {log ? Double.MIN_NORMAL : Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        }
        double[] range = at.range();
        if (log && range[0] <= 0) {
            throw at.error("must begin above 0 because log is true, not at " + range[0]);
        }
        return range;
    }

    private static double step(Yaml at) {
        double step = at.number();
        if (step <= 0) {
            throw at.error("must be above 0, not " + step);
        }
        return step;
    }

    private static List<Double> choices(@Nullable Yaml at, @Nullable Yaml range) {
        if (at == null) {
            return List.of();
        }
        if (range != null) {
            throw range.error("cannot stand beside choices; keep one");
        }
        List<Yaml> options = at.list();
        if (options.size() < 2 || options.size() > MOST_CHOICES) {
            throw at.error("must be 2 to " + MOST_CHOICES + " numbers, not " + options.size());
        }
        return options.stream().map(Yaml::number).toList();
    }

    private static List<Double> initial(Yaml at) {
        if (!at.isList()) {
            return List.of(at.number());
        }
        List<Yaml> values = at.list();
        if (values.isEmpty() || values.size() > Aleph.MAX_PARAMETERS) {
            throw at.error("must be 1 to " + Aleph.MAX_PARAMETERS + " numbers, not " + values.size());
        }
        return values.stream().map(Yaml::number).toList();
    }
}
