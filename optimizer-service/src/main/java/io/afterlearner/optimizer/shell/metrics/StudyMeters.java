package io.afterlearner.optimizer.shell.metrics;

import io.afterlearner.observability.MeterGroup;
import io.afterlearner.optimizer.core.Decision;
import io.afterlearner.optimizer.core.Event;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The meters with one study's label; several studies share those of the label other. Thread-safe. */
final class StudyMeters {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Map<Class<? extends Event>, Counter> candidates;
    private final Map<Decision.Kind, Counter> ignored = new EnumMap<>(Decision.Kind.class);
    private final Set<Progress> shown = ConcurrentHashMap.newKeySet();

    StudyMeters(MeterGroup group) {
        candidates = Map.of(
                Event.Asked.class, candidates(group, "asked"),
                Event.Told.class, candidates(group, "told"),
                Event.Failed.class, candidates(group, "failed"),
                Event.Expired.class, candidates(group, "expired"));
        for (Decision.Kind kind : Decision.Kind.values()) {
            ignored.put(
                    kind,
                    group.counter(
                            "afterlearner.optimizer.fitness.ignored",
                            "Fitness records that were not told.",
                            "kind",
                            kind.name().toLowerCase(Locale.ROOT)));
        }
        gauges(group);
    }

    private static Counter candidates(MeterGroup group, String event) {
        return group.counter(
                "afterlearner.optimizer.candidates", "Candidates by what happened to them.", "event", event);
    }

    private void gauges(MeterGroup group) {
        group.gauge(
                "afterlearner.optimizer.outstanding.candidates",
                "Candidates asked and not yet told, failed or expired.",
                () -> sum(progress -> progress.outstanding));
        group.gauge(
                "afterlearner.optimizer.remaining.candidates",
                "Candidates of the budget that are not asked yet.",
                () -> sum(progress -> progress.remaining));
        group.gauge(
                "afterlearner.optimizer.oldest.candidate.seconds",
                "Age of the oldest outstanding candidate; 0 if none is.",
                this::oldestSeconds);
        group.gauge(
                "afterlearner.optimizer.incumbent.loss",
                "Loss of the recommended candidate; NaN until known, and for several studies.",
                () -> only(progress -> progress.incumbentLoss));
        group.gauge(
                "afterlearner.optimizer.baseline.loss",
                "Loss of candidate 0, the shipped model; NaN until known, and for several studies.",
                () -> only(progress -> progress.baselineLoss));
    }

    private double sum(ToDoubleFunction<Progress> figure) {
        return shown.stream().mapToDouble(figure).sum();
    }

    private double only(ToDoubleFunction<Progress> figure) {
        return shown.size() == 1 ? sum(figure) : Double.NaN;
    }

    private double oldestSeconds() {
        long askedMillis = shown.stream()
                .mapToLong(progress -> progress.oldestAskedMillis)
                .min()
                .orElse(Long.MAX_VALUE);
        return Math.max(0, (System.currentTimeMillis() - (double) askedMillis) / MILLIS_PER_SECOND);
    }

    void happened(Event event) {
        Counter counter = candidates.get(event.getClass());
        if (counter != null) {
            counter.increment();
        }
    }

    void ignored(Decision.Kind kind) {
        Objects.requireNonNull(ignored.get(kind)).increment();
    }

    void show(Progress progress) {
        shown.add(progress);
    }

    void hide(Progress progress) {
        shown.remove(progress);
    }
}
