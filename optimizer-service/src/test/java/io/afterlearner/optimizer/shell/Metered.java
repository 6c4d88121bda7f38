package io.afterlearner.optimizer.shell;

import io.afterlearner.observability.ServiceMeters;
import io.afterlearner.optimizer.shell.metrics.LoopMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Metrics for tests. */
final class Metered {
    private static final int MAX_STUDIES = 100;

    private Metered() {}

    /** Metrics that nobody reads. */
    static LoopMetrics unread() {
        return in(new SimpleMeterRegistry());
    }

    static LoopMetrics in(MeterRegistry registry) {
        return new LoopMetrics(registry, new ServiceMeters(registry), MAX_STUDIES);
    }
}
