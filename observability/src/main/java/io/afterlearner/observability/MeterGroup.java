package io.afterlearner.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Meters with the same labels, which are removed together. A name is written as in Prometheus with dots for underscores, and
 * ends with its unit; {@code _total} is added to counters. For one thread at a time; the meters are thread-safe.
 *
 * <pre>{@code
 * MeterGroup pool = new MeterGroup(registry, Tags.of("pool", "gpu"));
 * Counter told = pool.counter("afterlearner.optimizer.candidates", "Candidates by event.", "event", "told");
 * pool.gauge("afterlearner.optimizer.memory.bytes", "Memory of studies.", heap::takenBytes);
 * pool.remove();
 * }</pre>
 */
public final class MeterGroup {
    private final MeterRegistry registry;
    private final Tags labels;
    private final List<Meter> meters = new ArrayList<>();

    public MeterGroup(MeterRegistry registry, Tags labels) {
        this.registry = registry;
        this.labels = labels;
    }

    /** @param more further labels: names and values in turn */
    public Counter counter(String name, String help, String... more) {
        return added(
                Counter.builder(name).description(help).tags(labels).tags(more).register(registry));
    }

    /**
     * @param value read at each scrape; {@code NaN} if unknown
     * @param more further labels: names and values in turn
     */
    public void gauge(String name, String help, DoubleSupplier value, String... more) {
        added(Gauge.builder(name, value::getAsDouble)
                .description(help)
                .tags(labels)
                .tags(more)
                .register(registry));
    }

    private <M extends Meter> M added(M meter) {
        meters.add(meter);
        return meter;
    }

    /** Removes the meters: their series end. */
    public void remove() {
        meters.forEach(registry::remove);
        meters.clear();
    }
}
