package io.afterlearner.study.keys;

import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.Topics;
import io.afterlearner.study.yaml.Times;
import io.afterlearner.study.yaml.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Parses {@code evaluation:}. */
final class EvaluationKeys {
    private static final long MIN_MILLIS = 100;
    private static final long MAX_MILLIS = Duration.ofDays(1).toMillis();

    private static final long WAIT_MILLIS = Duration.ofHours(1).toMillis();

    private static final int AUTO_BATCH = 0;
    private static final long MAX_BATCH = 4096;
    private static final long MAX_AXIS = 31;

    private EvaluationKeys() {}

    static EvaluationSpec read(Section keys) {
        return new EvaluationSpec(
                timeout(keys, MAX_MILLIS, 60_000L),
                keys.optional("pool", EvaluationKeys::pool).orElse("default"),
                keys.optional("batch", EvaluationKeys::batch).orElse(AUTO_BATCH),
                keys.optional("axes", EvaluationKeys::axes).orElseGet(TreeMap::new),
                keys.optional("minimumGain", EvaluationKeys::minimumGain).orElse(0.0),
                keys.optional("wait", value -> Times.millis(value, MIN_MILLIS, MAX_MILLIS))
                        .orElse(WAIT_MILLIS));
    }

    private static int batch(Yaml at) {
        return at.text().equals("auto") ? AUTO_BATCH : Math.toIntExact(at.whole(1, MAX_BATCH));
    }

    private static Map<String, Integer> axes(Yaml at) {
        Map<String, Integer> axes = new TreeMap<>();
        at.mapping().forEach((name, axis) -> axes.put(name, Math.toIntExact(axis.whole(0, MAX_AXIS))));
        return axes;
    }

    /** By default a candidate of an online study has the longest timeout there is, because it waits for users. */
    static EvaluationSpec readOnline(Section keys) {
        for (String key : List.of("wait", "pool", "batch", "axes", "minimumGain")) {
            Yaml given = keys.get(key);
            if (given != null) {
                throw given.error("is not for an online study, which users evaluate", "omit it");
            }
        }
        return new EvaluationSpec(
                timeout(keys, OnlineRules.MAX_TIMEOUT_MILLIS, OnlineRules.MAX_TIMEOUT_MILLIS),
                OnlineRules.POOL,
                AUTO_BATCH,
                Map.of(),
                0.0,
                WAIT_MILLIS);
    }

    private static double minimumGain(Yaml at) {
        double gain = at.number();
        if (!(gain >= 0)) {
            throw at.error("must be at least 0, not " + gain);
        }
        return gain;
    }

    private static long timeout(Section keys, long mostMillis, long otherwiseMillis) {
        return keys.optional("timeout", value -> Times.millis(value, MIN_MILLIS, mostMillis))
                .orElse(otherwiseMillis);
    }

    private static String pool(Yaml at) {
        try {
            Topics.candidates(at.text());
        } catch (IllegalArgumentException e) {
            throw at.error("must be 1 to 63 of a-z, 0-9 and '-', beginning with a letter or digit, not " + at.text());
        }
        if (at.text().equals(OnlineRules.POOL)) {
            throw at.error(
                    "cannot be " + OnlineRules.POOL + ", which is reserved for online studies", "choose another name");
        }
        return at.text();
    }
}
