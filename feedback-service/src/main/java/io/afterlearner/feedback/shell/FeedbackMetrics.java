package io.afterlearner.feedback.shell;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the service counts for Prometheus. Counted when it happens: what a crash undoes is counted again. */
public final class FeedbackMetrics {

    /** What becomes of a report. */
    public enum Fate {
        /** Within its window. */
        COUNTED,
        /** After its exposure was passed on: a correction. */
        LATE,
        /** It was there already. */
        DUPLICATE,
        /** Its assignment is forgotten, or it happened after the window. */
        EXPIRED,
        /** More came of one assignment than comes in good faith. */
        FLOOD,
        /** Its token proves nothing. */
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

    void reported(Fate fate) {
        Objects.requireNonNull(reports.get(fate)).increment();
    }

    void exposed() {
        exposures.increment();
    }

    void telemetry() {
        telemetry.increment();
    }

    void told() {
        told.increment();
    }

    void failed() {
        failed.increment();
    }

    void alarm() {
        alarms.increment();
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void armsChanged(String action) {
        registry.counter("afterlearner.arms.changes", "action", action.toLowerCase(Locale.ROOT))
                .increment();
    }
}
