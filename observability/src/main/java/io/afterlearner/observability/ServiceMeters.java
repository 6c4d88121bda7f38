package io.afterlearner.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.BooleanSupplier;

/** The meters that every service has, by the same names. Events that are processed again after a crash count again. Thread-safe. */
public final class ServiceMeters {
    private final MeterGroup meters;
    private final Counter deadLetters;
    private final Counter quarantined;
    private final Counter jumpsForward;
    private final Counter jumpsBack;

    public ServiceMeters(MeterRegistry registry) {
        meters = new MeterGroup(registry, Tags.empty());
        deadLetters = meters.counter("afterlearner.dead.letters", "Records that became dead letters.");
        quarantined = meters.counter(
                "afterlearner.quarantined.records", "Records set aside because processing them failed too often.");
        jumpsForward = jumps("forward");
        jumpsBack = jumps("back");
    }

    private Counter jumps(String direction) {
        return meters.counter(
                "afterlearner.clock.jumps", "Jumps of the wall clock by a second or more.", "direction", direction);
    }

    /** @param isUp whether Kafka answered within the last seconds */
    public void kafka(BooleanSupplier isUp) {
        meters.gauge(
                "afterlearner.kafka.up",
                "1 if Kafka answered within the last 10 seconds, else 0.",
                () -> isUp.getAsBoolean() ? 1 : 0);
    }

    public void deadLetter() {
        deadLetters.increment();
    }

    public void quarantined() {
        quarantined.increment();
    }

    /** @param millis by which the wall clock jumped forward; negative if back */
    public void clockJumped(long millis) {
        (millis < 0 ? jumpsBack : jumpsForward).increment();
    }
}
