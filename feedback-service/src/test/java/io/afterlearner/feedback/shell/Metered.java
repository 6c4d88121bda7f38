package io.afterlearner.feedback.shell;

import io.afterlearner.client.Secrets;
import io.afterlearner.client.UnitKeys;
import io.afterlearner.observability.ServiceMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;

/** Metrics for tests. */
public final class Metered {
    private static final int MAX_STUDIES = 100;

    private Metered() {}

    /** Metrics that nobody reads. */
    public static FeedbackMetrics unread() {
        return in(new SimpleMeterRegistry());
    }

    public static FeedbackMetrics in(MeterRegistry registry) {
        return new FeedbackMetrics(registry, new ServiceMeters(registry), MAX_STUDIES);
    }

    /** Of a service with one key of units. */
    public static UnitKeyWatch unitKeys() {
        return new UnitKeyWatch(new UnitKeys(Secrets.of("keys", List.of("a unit key of the tests"))), System::nanoTime);
    }

    /** The count over all studies; 0 if nothing is counted yet. */
    public static double count(MeterRegistry registry, String name, String... tags) {
        return registry.find("afterlearner.feedback." + name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
