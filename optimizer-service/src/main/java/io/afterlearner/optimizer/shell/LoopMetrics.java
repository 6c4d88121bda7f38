package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.streams.GuardedProcessor;
import io.afterlearner.optimizer.core.Decision;
import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service's Prometheus metrics. An event is counted when it is decided; after a crash that undid it, it is counted again. */
final class LoopMetrics implements GuardedProcessor.Counted {
    private final Map<Class<? extends Event>, Counter> candidates;
    private final Counter deadLetters;
    private final Counter quarantined;
    private final AtomicLong clockOffsetMillis;
    private final Map<Decision.Kind, Counter> ignored;
    private final Map<Status, AtomicInteger> studies = new EnumMap<>(Status.class);

    LoopMetrics(MeterRegistry registry) {
        candidates = Map.of(
                Event.Asked.class, candidates(registry, "asked"),
                Event.Told.class, candidates(registry, "told"),
                Event.Failed.class, candidates(registry, "failed"),
                Event.Expired.class, candidates(registry, "expired"));
        deadLetters = registry.counter("afterlearner.dead.letters");
        quarantined = registry.counter("afterlearner.quarantined");
        clockOffsetMillis =
                Objects.requireNonNull(registry.gauge("afterlearner.clock.offset.millis", new AtomicLong()));
        ignored = Stream.of(Decision.Kind.values())
                .collect(Collectors.toMap(
                        kind -> kind,
                        kind -> registry.counter(
                                "afterlearner.fitness.ignored",
                                "kind",
                                kind.name().toLowerCase(Locale.ROOT))));
        for (Status status : Status.values()) {
            Tags tags = Tags.of("status", status.name().toLowerCase(Locale.ROOT));
            studies.put(status, registry.gauge("afterlearner.studies", tags, new AtomicInteger()));
        }
    }

    private static Counter candidates(MeterRegistry registry, String event) {
        return registry.counter("afterlearner.candidates", "event", event);
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

    @Override
    public void deadLetter() {
        deadLetters.increment();
    }

    @Override
    public void quarantined() {
        quarantined.increment();
    }

    /** How far the wall clock is ahead of the studies' clock after a jump. */
    void clockOffset(long millis) {
        clockOffsetMillis.set(millis);
    }

    /** A study's status changed; null means that no task of this instance holds it. */
    void moved(@Nullable Status from, @Nullable Status to) {
        if (from != to) {
            count(from, -1);
            count(to, 1);
        }
    }

    private void count(@Nullable Status status, int more) {
        AtomicInteger count = status == null ? null : studies.get(status);
        if (count != null) {
            count.addAndGet(more);
        }
    }
}
