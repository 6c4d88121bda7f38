package io.afterlearner.study;

import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code evaluation:} and its defaults: {@code {timeout: 60s, pool: default}}; of an online study {@code {timeout: 7d}}. */
final class EvaluationKeys {
    private static final long LEAST_MILLIS = 100;
    private static final long MOST_MILLIS = Duration.ofDays(1).toMillis();
    private static final long MOST_ONLINE_MILLIS = Duration.ofDays(7).toMillis();

    private EvaluationKeys() {}

    static EvaluationSpec read(@Nullable Yaml at) {
        Map<String, Yaml> keys = at == null ? Map.of() : at.mapping(List.of("timeout", "pool"));
        Yaml timeout = keys.get("timeout");
        Yaml pool = keys.get("pool");
        return new EvaluationSpec(
                timeout == null ? 60_000 : Times.millis(timeout, LEAST_MILLIS, MOST_MILLIS),
                pool == null ? "default" : pool(pool));
    }

    /** A candidate of an online study has as long as a candidate may have: it waits for users. */
    static EvaluationSpec readOnline(@Nullable Yaml at) {
        Map<String, Yaml> keys = at == null ? Map.of() : at.mapping(List.of("timeout", "pool"));
        Yaml timeout = keys.get("timeout");
        Yaml pool = keys.get("pool");
        if (pool != null) {
            throw pool.error("is not for an online study, which users evaluate; leave it out");
        }
        return new EvaluationSpec(
                timeout == null ? MOST_ONLINE_MILLIS : Times.millis(timeout, LEAST_MILLIS, MOST_ONLINE_MILLIS),
                OnlineRules.POOL);
    }

    private static String pool(Yaml at) {
        try {
            Topics.candidates(at.text());
        } catch (IllegalArgumentException e) {
            throw at.error("must be 1 to 63 of a-z, 0-9 and '-', not " + at.text());
        }
        if (at.text().equals(OnlineRules.POOL)) {
            throw at.error("cannot be " + OnlineRules.POOL + ", which nobody evaluates; choose another name");
        }
        return at.text();
    }
}
