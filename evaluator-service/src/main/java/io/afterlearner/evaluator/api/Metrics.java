package io.afterlearner.evaluator.api;

import io.afterlearner.evaluator.shell.Counters;
import io.afterlearner.evaluator.shell.Evaluators;
import io.afterlearner.kafka.rights.RightsGauge;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** Counters and gauges under {@code afterlearner.evaluator.}; scaling by load looks at slots busy and in all. */
@ApplicationScoped
class Metrics {
    private static final String PREFIX = "afterlearner.evaluator.";

    private final MeterRegistry registry;

    Metrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(Evaluators evaluators) {
        Counters counters = evaluators.counters();
        candidates("measured", counters.measured);
        candidates("failed", counters.failed);
        candidates("expired", counters.expired);
        candidates("dead-lettered", counters.deadLettered);
        candidates("quarantined", counters.quarantined);
        candidates("released", counters.released);
        candidates("lease-lost", counters.leasesLost);
        Counters verdicts = evaluators.verdictCounters();
        verdicts("scored", verdicts.measured);
        verdicts("failed", verdicts.failed);
        verdicts("quarantined", verdicts.quarantined);
        verdicts("released", verdicts.released);
        verdicts("lease-lost", verdicts.leasesLost);
        gauge("verdicts.busy", evaluators, e -> e.verdictCounters().busySlots.sum());
        FunctionCounter.builder(PREFIX + "lease.renewals", counters.renewals, LongAdder::sum)
                .register(registry);
        FunctionCounter.builder(PREFIX + "busy.seconds", counters.busyMicros, micros -> micros.sum() / 1e6)
                .description("time slots spent on candidates")
                .register(registry);
        gauge("slots.busy", evaluators, e -> e.counters().busySlots.sum());
        gauge("slots", evaluators, Evaluators::slots);
        gauge("studies", evaluators, Evaluators::studies);
        gauge("studies.open", evaluators, Evaluators::openStudies);
        gauge("cache.bytes", evaluators, Evaluators::cacheBytes);
        RightsGauge.show(registry, evaluators.rights());
    }

    private void candidates(String outcome, LongAdder count) {
        FunctionCounter.builder(PREFIX + "candidates", count, LongAdder::sum)
                .tag("outcome", outcome)
                .description("candidates by what became of them")
                .register(registry);
    }

    private void verdicts(String outcome, LongAdder count) {
        FunctionCounter.builder(PREFIX + "verdicts", count, LongAdder::sum)
                .tag("outcome", outcome)
                .description("requests to score the test split by what became of them")
                .register(registry);
    }

    private void gauge(String name, Evaluators evaluators, ToDoubleFunction<Evaluators> value) {
        Gauge.builder(PREFIX + name, evaluators, value).register(registry);
    }
}
