package io.afterlearner.feedback.shell;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counters for Prometheus. Events that are processed again after a crash count again. */
public final class FeedbackMetrics {

    /** What happened to a report. */
    public enum Fate {
        /** It arrived within its window. */
        COUNTED,
        /** It corrected an exposure that was counted before. */
        LATE,
        /** Its id was known already. */
        DUPLICATE,
        /** It is too late: the exposure was deleted, or the event is after the window. */
        EXPIRED,
        /** Its exposure has the maximum number of reports. */
        FLOOD,
        /** Its token is not valid. */
        FORGED
    }

    private final Map<Fate, Counter> reports = new EnumMap<>(Fate.class);
    private final Counter exposures;
    private final Counter telemetry;
    private final Counter told;
    private final Counter failed;
    private final Counter alarms;
    private final Counter deadLetters;
    private final MeterRegistry registry;

    public FeedbackMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Fate fate : Fate.values()) {
            reports.put(
                    fate,
                    registry.counter(
                            "afterlearner.feedback", "fate", fate.name().toLowerCase(Locale.ROOT)));
        }
        exposures = registry.counter("afterlearner.exposures");
        telemetry = registry.counter("afterlearner.telemetry");
        told = registry.counter("afterlearner.candidates", "event", "told");
        failed = registry.counter("afterlearner.candidates", "event", "failed");
        alarms = registry.counter("afterlearner.alarms");
        deadLetters = registry.counter("afterlearner.dead.letters");
    }

    public void reported(Fate fate) {
        Objects.requireNonNull(reports.get(fate)).increment();
    }

    public void exposed() {
        exposures.increment();
    }

    public void telemetry() {
        telemetry.increment();
    }

    public void told() {
        told.increment();
    }

    public void failed() {
        failed.increment();
    }

    public void alarm() {
        alarms.increment();
    }

    public void deadLetter() {
        deadLetters.increment();
    }

    public void armsChanged(String action) {
        registry.counter("afterlearner.arms.changes", "action", action.toLowerCase(Locale.ROOT))
                .increment();
    }
}
