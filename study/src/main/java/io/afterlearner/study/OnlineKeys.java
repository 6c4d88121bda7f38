package io.afterlearner.study;

import io.afterlearner.schemas.Guardrail;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code online:} and its defaults: {@code {exposures: 200, trustRegion: 0.25, confidence: 0.95, approval: false}}, no guardrails, no
 * slices, no telemetry, and no end.
 *
 * @param at for the places of later errors
 * @param spec with a deadline of 0
 * @param afterMillis exploring stops so long after the study begins; 0 is never
 */
record OnlineKeys(Yaml at, OnlineSpec spec, long afterMillis) implements Judged {
    private static final List<String> KEYS = List.of(
            "unit",
            "explore",
            "control",
            "metric",
            "window",
            "exposures",
            "trustRegion",
            "guardrails",
            "confidence",
            "approval",
            "slice",
            "stop",
            "telemetry");
    private static final long LEAST_AFTER_MILLIS = 1_000;
    private static final long MOST_AFTER_MILLIS = Duration.ofDays(365).toMillis();

    /**
     * @param folder relative paths start from here
     */
    static OnlineKeys read(Yaml at, Path folder) {
        Map<String, Yaml> keys = at.mapping(KEYS);
        Yaml stopAt = keys.get("stop");
        Map<String, Yaml> stop = stopAt == null ? Map.of() : stopAt.mapping(List.of("exposures", "after"));
        OnlineSpec spec = new OnlineSpec(
                StudyFile.required(at, keys, "unit", "unit: user").constant(Unit.class),
                StudyFile.required(at, keys, "explore", "explore: 0.2").number(),
                StudyFile.required(at, keys, "control", "control: 0.1").number(),
                MetricKeys.read(StudyFile.required(
                        at, keys, "metric", "metric: {field: click, aggregate: rate, goal: maximize}")),
                Times.millis(
                        StudyFile.required(at, keys, "window", "window: 30s"),
                        OnlineRules.LEAST_WINDOW_MILLIS,
                        OnlineRules.MOST_WINDOW_MILLIS),
                optional(keys, "exposures", OnlineKeys::exposures, 200L),
                optional(keys, "trustRegion", Yaml::number, 0.25),
                optional(keys, "guardrails", OnlineKeys::guardrails, List.of()),
                optional(keys, "confidence", Yaml::number, 0.95),
                optional(keys, "approval", Yaml::bool, false),
                optional(keys, "slice", OnlineKeys::slice, 0L),
                optional(stop, "exposures", OnlineKeys::exposures, 0L),
                0L,
                optional(keys, "telemetry", list -> telemetry(list, folder), List.of()));
        return new OnlineKeys(at, spec, optional(stop, "after", OnlineKeys::after, 0L));
    }

    private static <T> T optional(Map<String, Yaml> keys, String key, Function<Yaml, T> read, T otherwise) {
        @Nullable Yaml value = keys.get(key);
        return value == null ? otherwise : read.apply(value);
    }

    private static long exposures(Yaml at) {
        return at.integer(2, OnlineRules.MOST_EXPOSURES);
    }

    private static long slice(Yaml at) {
        return Times.millis(at, OnlineRules.LEAST_SLICE_MILLIS, OnlineRules.MOST_SLICE_MILLIS);
    }

    private static long after(Yaml at) {
        return Times.millis(at, LEAST_AFTER_MILLIS, MOST_AFTER_MILLIS);
    }

    private static List<Guardrail> guardrails(Yaml at) {
        return at.list().stream().map(MetricKeys::guardrail).toList();
    }

    private static List<Telemetry> telemetry(Yaml at, Path folder) {
        return at.list().stream()
                .map(stream -> TelemetryKeys.read(stream, folder))
                .toList();
    }

    /** The section of a study that begins then. */
    OnlineSpec beginning(long createdAtMillis) {
        return OnlineSpec.newBuilder(spec)
                .setDeadlineMillis(afterMillis == 0 ? 0 : createdAtMillis + afterMillis)
                .build();
    }
}
