package io.afterlearner.study.keys;

import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.aleph.manifest.AlephEntry.Granularity;
import io.afterlearner.aleph.manifest.AlephEntry.Transform;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.study.yaml.Yaml;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses {@code aleph:}. */
final class AlephKeys {
    private static final int MAX_ENTRIES = 1_000;
    private static final int MAX_CHOICES = Parameter.Choice.MAX_OPTIONS;
    private static final double[] UNBOUNDED = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};

    private AlephKeys() {}

    static List<AlephEntry> read(Yaml at) {
        List<Yaml> entries = at.list();
        if (entries.isEmpty()) {
            throw at.error("must name at least one tensor", "choose from what ./afterlearner inspect MODEL.onnx lists");
        }
        if (entries.size() > MAX_ENTRIES) {
            throw at.error("must have at most " + MAX_ENTRIES + " entries, not " + entries.size());
        }
        return entries.stream().map(entry -> entry(Section.of(entry))).toList();
    }

    private static AlephEntry entry(Section keys) {
        Yaml axis = keys.get("axis");
        Granularity per = keys.optional("per", value -> value.constant(Granularity.class))
                .orElse(axis == null ? Granularity.ELEMENT : Granularity.CHANNEL);
        if (axis != null && per != Granularity.CHANNEL) {
            throw axis.error("is for per: channel only", "omit it");
        }
        boolean log = keys.optional("log", Yaml::bool).orElse(false);
        double[] range = keys.optional("range", value -> range(value, log)).orElse(UNBOUNDED);
        return new AlephEntry(
                keys.required("tensor").text(),
                keys.optional("slice", Yaml::text).orElse(null),
                keys.required("transform").constant(Transform.class),
                per,
                axis == null ? 0 : (int) axis.whole(0, 31),
                range[0],
                range[1],
                log,
                keys.optional("integer", Yaml::bool).orElse(false),
                keys.optional("step", AlephKeys::step).orElse(Double.NaN),
                choices(keys.get("choices"), keys.get("range")),
                keys.optional("ordered", Yaml::bool).orElse(false),
                keys.optional("initial", AlephKeys::initial).orElse(List.of()));
    }

    private static double[] range(Yaml at, boolean log) {
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
            throw range.error("cannot be combined with choices", "keep one of the two");
        }
        List<Yaml> options = at.list();
        if (options.size() < 2 || options.size() > MAX_CHOICES) {
            throw at.error("must be 2 to " + MAX_CHOICES + " numbers, not " + options.size());
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
