package io.afterlearner.operator.process;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/** Counts what became of looks at Studies. One that failed is repeated. */
public final class ReconcileMeters implements Metrics {
    private final Counter done;
    private final Counter failed;

    public ReconcileMeters(MeterRegistry registry) {
        this.done = counter(registry, "done");
        this.failed = counter(registry, "failed");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("afterlearner.operator.reconciliations")
                .description("Attempts to process a Study, by outcome; a failed one is repeated.")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void finishedReconciliation(HasMetadata study, Map<String, Object> metadata) {
        done.increment();
    }

    @Override
    public void failedReconciliation(HasMetadata study, Exception problem, Map<String, Object> metadata) {
        failed.increment();
    }
}
