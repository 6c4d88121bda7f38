package io.afterlearner.feedback.shell;

import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.kafka.streams.GuardedProcessor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counters for Prometheus. Events that are processed again after a crash count again. */
@Singleton
public final class FeedbackMetrics implements GuardedProcessor.Counted {

    /** What happened to a report. */
    public enum Fate {
        /** It arrived within its window. */
        COUNTED,
        /** It arrived after its window and corrected an exposure that was counted before. */
        LATE,
        /** Its id was known already. */
        DUPLICATE,
        /** Its event is after the window, or its exposure was deleted. */
        EXPIRED,
        /** Its exposure has the maximum number of reports. */
        FLOOD,
        /** Its unit was forgotten after the assignment. */
        FORGOTTEN,
        /** Its token is not valid. */
        FORGED
    }

    public final Counter exposures;
    /** Exposures whose time was over when they arrived. The clock of the process that assigned them may be behind. */
    public final Counter expiredExposures;

    public final Counter clockTurnedBack;
    public final Counter telemetry;
    public final Counter told;
    public final Counter failed;
    private final Counter deadLetters;
    private final Counter quarantined;

    private final Map<Fate, Counter> reports = new EnumMap<>(Fate.class);
    private final Counter alarms;
    private final MeterRegistry registry;

    public FeedbackMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Fate fate : Fate.values()) {
            reports.put(fate, registry.counter("afterlearner.feedback", "fate", lowerCase(fate)));
        }
        exposures = registry.counter("afterlearner.exposures");
        expiredExposures = registry.counter("afterlearner.exposures.expired");
        clockTurnedBack = registry.counter("afterlearner.clock.turned.back");
        telemetry = registry.counter("afterlearner.telemetry");
        told = registry.counter("afterlearner.candidates", "event", "told");
        failed = registry.counter("afterlearner.candidates", "event", "failed");
        alarms = registry.counter("afterlearner.alarms");
        deadLetters = registry.counter("afterlearner.dead.letters");
        quarantined = registry.counter("afterlearner.quarantined");
    }

    public void reported(Fate fate) {
        Objects.requireNonNull(reports.get(fate)).increment();
    }

    /** Counts an entry of the audit log, and each alarm as such. */
    public void armsChanged(Output.Action action) {
        registry.counter("afterlearner.arms.changes", "action", lowerCase(action))
                .increment();
        alarms.increment(action == Output.Action.ALARM ? 1 : 0);
    }

    @Override
    public void deadLetter() {
        deadLetters.increment();
    }

    @Override
    public void quarantined() {
        quarantined.increment();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
