package io.afterlearner.optimizer.shell.metrics;

import io.afterlearner.kafka.streams.GuardedProcessor;
import io.afterlearner.observability.MeterGroup;
import io.afterlearner.observability.ServiceMeters;
import io.afterlearner.observability.StudySeries;
import io.afterlearner.optimizer.core.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The loop's Prometheus metrics; docs/metrics.md has the table. An event is counted when it is decided; after a crash that undid
 * it, it is counted again.
 */
public final class LoopMetrics implements GuardedProcessor.Counted {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final MeterGroup meters;
    private final ServiceMeters service;
    private final StudySeries<StudyMeters> series;
    private final Map<Status, AtomicInteger> studies = new EnumMap<>(Status.class);
    /** Studies that this instance runs. */
    private final Set<MeteredStudy> held = ConcurrentHashMap.newKeySet();

    private final AtomicInteger setAside = new AtomicInteger();
    private final AtomicLong clockOffsetMillis = new AtomicLong();

    /** @param maxStudies with a label of their own */
    public LoopMetrics(MeterRegistry registry, ServiceMeters service, int maxStudies) {
        this.service = service;
        this.meters = new MeterGroup(registry, Tags.empty());
        this.series = new StudySeries<>(registry, maxStudies, StudyMeters::new);
        for (Status status : Status.values()) {
            AtomicInteger number = new AtomicInteger();
            studies.put(status, number);
            studies(status.name().toLowerCase(Locale.ROOT), number);
        }
        studies("set-aside", setAside);
        meters.gauge(
                "afterlearner.optimizer.clock.offset.seconds",
                "How far the wall clock is ahead of the studies' clock after a jump.",
                () -> clockOffsetMillis.get() / MILLIS_PER_SECOND);
    }

    private void studies(String status, AtomicInteger number) {
        meters.gauge(
                "afterlearner.optimizer.studies", "Studies of this instance by status.", number::get, "status", status);
    }

    /** Shows the memory that studies take, and their limit. */
    public void memory(LongSupplier takenBytes, LongSupplier limitBytes) {
        meters.gauge(
                "afterlearner.optimizer.memory.bytes",
                "Memory that studies may take by their plans.",
                takenBytes::getAsLong);
        meters.gauge(
                "afterlearner.optimizer.memory.limit.bytes",
                "Memory that all studies together may take.",
                limitBytes::getAsLong);
    }

    /** A study that this instance runs from now on. */
    public MeteredStudy study(String study, String pool) {
        MeteredStudy metered = new MeteredStudy(this, study, pool);
        held.add(metered);
        return metered;
    }

    void gone(MeteredStudy study) {
        held.remove(study);
        series.remove(study.study());
    }

    /** When the first outstanding candidate of a pool was asked; empty if none is, among the studies of this instance. */
    public OptionalLong oldestAskedMillis(String pool) {
        return held.stream()
                .filter(study -> study.pool().equals(pool))
                .mapToLong(MeteredStudy::oldestAskedMillis)
                .filter(askedMillis -> askedMillis < Long.MAX_VALUE)
                .min();
    }

    StudySeries<StudyMeters> series() {
        return series;
    }

    /** Studies in a task's log that cannot run here changed by this number. */
    public void setAside(int more) {
        setAside.addAndGet(more);
    }

    @Override
    public void deadLetter() {
        service.deadLetter();
    }

    @Override
    public void quarantined() {
        service.quarantined();
    }

    /** How far the wall clock is ahead of the studies' clock after a jump. */
    public void clockOffset(long millis) {
        clockOffsetMillis.set(millis);
    }

    /** A study's status changed; null means that no task of this instance holds it. */
    void moved(@Nullable Status from, @Nullable Status to) {
        count(from, -1);
        count(to, 1);
    }

    private void count(@Nullable Status status, int more) {
        AtomicInteger count = status == null ? null : studies.get(status);
        if (count != null) {
            count.addAndGet(more);
        }
    }
}
