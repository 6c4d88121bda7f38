package io.afterlearner.study;

import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Guardrail;
import io.afterlearner.schemas.Metric;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What users or production report: {@code {field: click, aggregate: rate, goal: maximize}}, and for other aggregates than a rate
 * {@code range: [low, high]}. Without {@code silence} an exposure that nothing was reported of is left out, except that it is none for
 * a rate.
 */
final class MetricKeys {
    private static final List<String> KEYS = List.of("field", "aggregate", "goal", "range", "silence");
    private static final double[] ZERO_OR_ONE = {0, 1};

    private MetricKeys() {}

    static Metric read(Yaml at) {
        Map<String, Yaml> keys = at.mapping(KEYS);
        Aggregate aggregate =
                StudyFile.required(at, keys, "aggregate", "aggregate: mean").constant(Aggregate.class);
        double[] range = range(at, keys, aggregate);
        Yaml silence = keys.get("silence");
        return new Metric(
                StudyFile.required(at, keys, "field", "field: click").text(),
                aggregate,
                StudyFile.required(at, keys, "goal", "goal: maximize").constant(Goal.class),
                range[0],
                range[1],
                silence != null ? (Double) silence.number() : silent(aggregate));
    }

    static Guardrail guardrail(Yaml at) {
        Map<String, Yaml> keys = at.mapping(List.of("metric", "limit"));
        return new Guardrail(
                read(StudyFile.required(
                        at,
                        keys,
                        "metric",
                        "metric: {field: latencyMillis, aggregate: p99, range: [0, 1000], goal: minimize}")),
                StudyFile.required(at, keys, "limit", "limit: 1.05").number());
    }

    private static @Nullable Double silent(Aggregate aggregate) {
        return aggregate == Aggregate.RATE ? 0.0 : null;
    }

    private static double[] range(Yaml at, Map<String, Yaml> keys, Aggregate aggregate) {
        if (aggregate != Aggregate.RATE) {
            return finite(StudyFile.required(
                    at,
                    keys,
                    "range",
                    "range: [0, 1000], in which its values lie; what is outside counts as the nearer end"));
        }
        Yaml range = keys.get("range");
        if (range != null) {
            throw range.error("is not for a rate, of which a value counts as 0 or 1; leave it out");
        }
        return ZERO_OR_ONE;
    }

    private static double[] finite(Yaml at) {
        double[] range = at.range();
        if (!Double.isFinite(range[1] - range[0])) {
            throw at.error("must be finite: an end that values can reach keeps outliers from deciding");
        }
        return range;
    }
}
