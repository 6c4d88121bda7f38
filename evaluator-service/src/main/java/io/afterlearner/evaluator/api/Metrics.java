package io.afterlearner.evaluator.api;

import io.afterlearner.evaluator.shell.Counters;
import io.afterlearner.evaluator.shell.EvaluatorEvents;
import io.afterlearner.evaluator.shell.Evaluators;
import io.afterlearner.kafka.rights.RightsGauge;
import io.afterlearner.observability.MeterGroup;
import io.afterlearner.observability.ServiceMeters;
import io.afterlearner.observability.StudySeries;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The evaluator's Prometheus metrics; docs/metrics.md has the table. */
@Singleton
class Metrics implements EvaluatorEvents {
    private static final String PREFIX = "afterlearner.evaluator.";
    private static final double MICROS_PER_SECOND = 1e6;

    private final MeterRegistry registry;
    private final ServiceMeters service;
    private final StudySeries<OutcomeMeters> series;
    private final String pool;

    Metrics(
            MeterRegistry registry,
            EvaluatorConfig config,
            @ConfigProperty(name = StudySeries.MAX_STUDIES) int maxStudies) {
        this.registry = registry;
        this.service = new ServiceMeters(registry);
        this.series = new StudySeries<>(registry, maxStudies, OutcomeMeters::new);
        this.pool = config.pool();
    }

    void show(Evaluators evaluators) {
        service.kafka(evaluators::isKafkaUp);
        show("candidates", evaluators.counters());
        show("verdicts", evaluators.verdictCounters());
        MeterGroup meters = new MeterGroup(registry, Tags.of("pool", pool));
        meters.gauge(PREFIX + "slots", "Candidates that can be evaluated at a time.", evaluators::slots);
        meters.gauge(
                PREFIX + "resting",
                "1 while no records are taken, for example because the disk is full, else 0.",
                () -> evaluators.problem() == null ? 0 : 1);
        meters.gauge(PREFIX + "studies", "Studies known.", evaluators::studies);
        meters.gauge(PREFIX + "open.studies", "Studies whose model is in memory.", evaluators::openStudies);
        meters.gauge(PREFIX + "cache.bytes", "Memory of open studies.", evaluators::cacheBytes);
        meters.gauge(PREFIX + "cache.limit.bytes", "Memory that open studies may take.", evaluators::cacheLimitBytes);
        RightsGauge.show(registry, evaluators.rights());
    }

    private void show(String queue, Counters counters) {
        Tags tags = Tags.of("pool", pool, "queue", queue);
        counter("released.records", "Records given back to other evaluators.", tags, counters, c -> c.released.sum());
        counter(
                "lost.leases",
                "Records lost to another evaluator during the work.",
                tags,
                counters,
                c -> c.leasesLost.sum());
        counter("lease.renewals", "Leases renewed.", tags, counters, c -> c.renewals.sum());
        counter(
                "busy.seconds",
                "Time spent on records, all slots together.",
                tags,
                counters,
                c -> c.busyMicros.sum() / MICROS_PER_SECOND);
        new MeterGroup(registry, tags)
                .gauge(PREFIX + "busy.slots", "Slots that hold a record.", () -> counters.busySlots.sum());
    }

    private void counter(String name, String help, Tags tags, Counters counters, ToDoubleFunction<Counters> count) {
        FunctionCounter.builder(PREFIX + name, counters, count)
                .description(help)
                .tags(tags)
                .register(registry);
    }

    void clockJumped(long millis) {
        service.clockJumped(millis);
    }

    @Override
    public void candidate(String study, Outcome outcome) {
        series.of(study, pool).candidate(outcome);
    }

    @Override
    public void verdict(String study, Outcome outcome) {
        series.of(study, pool).verdict(outcome);
    }

    @Override
    public void deadLetter() {
        service.deadLetter();
    }

    @Override
    public void quarantined() {
        service.quarantined();
    }

    @Override
    public void studyRuns(String study) {
        series.resumed(study);
    }

    @Override
    public void studyEnded(String study) {
        series.ended(study);
    }

    @Override
    public void studyDeleted(String study) {
        series.remove(study);
    }
}
