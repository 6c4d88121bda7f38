package io.afterlearner.study.keys;

import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Pace;
import io.afterlearner.schemas.Unit;
import io.afterlearner.study.files.Artifacts;
import io.afterlearner.study.yaml.Times;
import io.afterlearner.study.yaml.Yaml;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * {@code online:}.
 *
 * @param spec with a deadline of 0
 * @param afterMillis exploring stops this long after the study begins; 0 is never
 */
public record OnlineKeys(OnlineSpec spec, long afterMillis) implements LossSource {
    /** Shares of the champion's units that a new champion gets, step by step. */
    private static final List<Double> RAMP = List.of(0.05, 0.25, 1.0);

    private static final long MIN_AFTER_MILLIS = 1_000;
    public static final long MAX_AFTER_MILLIS = Duration.ofDays(365).toMillis();

    static OnlineKeys read(Yaml at, Artifacts files) {
        Section keys = Section.of(at);
        Section stop = keys.section("stop");
        OnlineSpec spec = new OnlineSpec(
                keys.required("unit").constant(Unit.class),
                keys.required("explore").number(),
                keys.required("control").number(),
                MetricKeys.read(keys.required("metric")),
                Times.millis(keys.required("window"), OnlineRules.MIN_WINDOW_MILLIS, OnlineRules.MAX_WINDOW_MILLIS),
                keys.optional("exposures", OnlineKeys::exposures).orElse(200L),
                keys.optional("trustRegion", Yaml::number).orElse(0.25),
                keys.optional("guardrails", list -> items(list, MetricKeys::guardrail))
                        .orElse(List.of()),
                keys.optional("confidence", Yaml::number).orElse(0.95),
                keys.optional("approval", Yaml::bool).orElse(false),
                keys.optional("slice", OnlineKeys::slice).orElse(0L),
                stop.optional("exposures", OnlineKeys::exposures).orElse(0L),
                0L,
                keys.optional("telemetry", list -> items(list, stream -> TelemetryKeys.read(stream, files)))
                        .orElse(List.of()),
                new Pace(
                        keys.optional("horizon", OnlineKeys::horizon).orElse(0L),
                        keys.optional("minimumRun", OnlineKeys::period).orElse(0L),
                        keys.optional("cycle", OnlineKeys::period).orElse(0L),
                        keys.optional("ramp", list -> items(list, Yaml::number)).orElse(RAMP)),
                keys.optional("tellAfter", OnlineKeys::early).orElse(0L));
        return new OnlineKeys(spec, stop.optional("after", OnlineKeys::after).orElse(0L));
    }

    private static <T> List<T> items(Yaml at, Function<Yaml, T> read) {
        return at.list().stream().map(read).toList();
    }

    private static long exposures(Yaml at) {
        return at.whole(2, OnlineRules.MAX_EXPOSURES);
    }

    private static long slice(Yaml at) {
        return Times.millis(at, OnlineRules.MIN_SLICE_MILLIS, OnlineRules.MAX_SLICE_MILLIS);
    }

    private static long early(Yaml at) {
        return Times.millis(at, OnlineRules.MIN_WINDOW_MILLIS, OnlineRules.MAX_WINDOW_MILLIS);
    }

    private static long horizon(Yaml at) {
        return Times.millis(at, OnlineRules.MIN_WINDOW_MILLIS, OnlineRules.MAX_HORIZON_MILLIS);
    }

    private static long period(Yaml at) {
        return Times.millis(at, MIN_AFTER_MILLIS, OnlineRules.MAX_PERIOD_MILLIS);
    }

    private static long after(Yaml at) {
        return Times.millis(at, MIN_AFTER_MILLIS, MAX_AFTER_MILLIS);
    }

    /** The spec of a study that begins at this time. */
    public OnlineSpec beginning(long createdAtMillis) {
        return OnlineSpec.newBuilder(spec)
                .setDeadlineMillis(afterMillis == 0 ? 0 : createdAtMillis + afterMillis)
                .build();
    }
}
