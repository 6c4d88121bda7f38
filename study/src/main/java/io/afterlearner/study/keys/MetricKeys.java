package io.afterlearner.study.keys;

import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.Covariate;
import io.afterlearner.schemas.Denominator;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Guardrail;
import io.afterlearner.schemas.Metric;
import io.afterlearner.study.yaml.Yaml;

/** Parses {@code online.metric} and {@code online.guardrails}. */
final class MetricKeys {
    private static final double UNCAPPED = 1;
    private static final double[] ZERO_OR_ONE = {0, 1};

    private MetricKeys() {}

    static Metric read(Yaml at) {
        Section keys = Section.of(at);
        Aggregate aggregate = keys.required("aggregate").constant(Aggregate.class);
        double[] range = range(keys, aggregate);
        return new Metric(
                keys.required("field").text(),
                aggregate,
                keys.required("goal").constant(Goal.class),
                range[0],
                range[1],
                keys.optional("silence", Yaml::number).orElse(aggregate == Aggregate.RATE ? (Double) 0.0 : null),
                keys.optional("promql", Yaml::text).orElse(null),
                keys.optional("winsorise", MetricKeys::quantile).orElse(UNCAPPED),
                keys.optional("per", MetricKeys::denominator).orElse(null),
                keys.optional("covariate", word -> word.constant(Covariate.class))
                        .orElse(Covariate.NONE));
    }

    /** All other values are checked later, but 1 is what an omitted one is written as. */
    private static double quantile(Yaml at) {
        if (at.number() == UNCAPPED) {
            throw at.error(
                    "must be 0.5 to 0.999, such as 0.99 to cap the highest hundredth, not 1", "omit it to cap nothing");
        }
        return at.number();
    }

    private static Denominator denominator(Yaml at) {
        Section keys = Section.of(at);
        return new Denominator(
                keys.required("field").text(), keys.required("most").number());
    }

    static Guardrail guardrail(Yaml at) {
        Section keys = Section.of(at);
        return new Guardrail(
                read(keys.required("metric")), keys.required("limit").number());
    }

    private static double[] range(Section keys, Aggregate aggregate) {
        if (aggregate != Aggregate.RATE) {
            return finite(keys.required("range"));
        }
        Yaml range = keys.get("range");
        if (range != null) {
            throw range.error("is not for a rate, where a value counts as 0 or 1", "omit it");
        }
        return ZERO_OR_ONE;
    }

    private static double[] finite(Yaml at) {
        double[] range = at.range();
        if (!Double.isFinite(range[1] - range[0])) {
            throw at.error("must be finite", "give bounds that values can reach, so that outliers do not decide");
        }
        return range;
    }
}
