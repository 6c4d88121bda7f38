package io.afterlearner.optimizer.shell.pools;

import io.afterlearner.observability.MeterGroup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** A gauge of each pool. The series of pools that are gone end. For one thread. */
final class PoolSeries {
    private final MeterRegistry registry;
    private final String name;
    private final String help;
    private final ToDoubleFunction<String> value;
    private final Map<String, MeterGroup> shown = new HashMap<>();

    /** @param value of a pool, read at each scrape */
    PoolSeries(MeterRegistry registry, String name, String help, ToDoubleFunction<String> value) {
        this.registry = registry;
        this.name = name;
        this.help = help;
        this.value = value;
    }

    /** These pools, and no others, have a series from now on. */
    void show(Set<String> pools) {
        pools.forEach(pool -> shown.computeIfAbsent(pool, this::meters));
        shown.entrySet().removeIf(pool -> {
            boolean gone = !pools.contains(pool.getKey());
            if (gone) {
                pool.getValue().remove();
            }
            return gone;
        });
    }

    private MeterGroup meters(String pool) {
        MeterGroup meters = new MeterGroup(registry, Tags.of("pool", pool));
        meters.gauge(name, help, () -> value.applyAsDouble(pool));
        return meters;
    }
}
