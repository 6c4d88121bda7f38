package io.afterlearner.local.study;

import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code evaluation:} and its defaults: {@code {timeout: 60s, pool: default}}. */
final class EvaluationKeys {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final long LEAST_MILLIS = 100;
    private static final long MOST_MILLIS = 24 * 3_600_000L;

    private EvaluationKeys() {}

    static EvaluationSpec read(@Nullable Yaml at) {
        Map<String, Yaml> keys = at == null ? Map.of() : at.mapping(List.of("timeout", "pool"));
        Yaml timeout = keys.get("timeout");
        Yaml pool = keys.get("pool");
        return new EvaluationSpec(timeout == null ? 60_000 : millis(timeout), pool == null ? "default" : pool(pool));
    }

    private static String pool(Yaml at) {
        try {
            Topics.candidates(at.text());
        } catch (IllegalArgumentException e) {
            throw at.error("must be 1 to 63 of a-z, 0-9 and '-', not " + at.text());
        }
        return at.text();
    }

    private static long millis(Yaml at) {
        Matcher matcher = TIME.matcher(at.text());
        if (!matcher.matches()) {
            throw at.error("must be a time such as 500ms, 60s or 2m, not " + at.text());
        }
        long millis = Long.parseLong(matcher.group(1)) * unitMillis(matcher.group(2));
        if (millis < LEAST_MILLIS || millis > MOST_MILLIS) {
            throw at.error("must be 100ms to 24h, not " + at.text());
        }
        return millis;
    }

    private static long unitMillis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
    }
}
