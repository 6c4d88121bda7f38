package io.afterlearner.kafka.rights;

import io.afterlearner.kafka.CertificateFiles;
import io.afterlearner.schemas.cluster.Right;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/** Exports {@code afterlearner_kafka_missing_rights}: a series for each right that the process needs, 1 while it is missing. */
public final class RightsGauge {
    private final RightsWatch rights;
    private final MultiGauge missing;

    private RightsGauge(MeterRegistry registry, RightsWatch rights) {
        this.rights = rights;
        this.missing = MultiGauge.builder("afterlearner.kafka.missing.rights")
                .description("1 for a right on Kafka that this process needs and does not have, 0 for one that it has")
                .register(registry);
        Gauge.builder("afterlearner.kafka.credentials.refused", rights, watch -> watch.isRefused() ? 1 : 0)
                .description("1 while Kafka does not accept the credentials of this process")
                .register(registry);
        Gauge.builder("afterlearner.kafka.certificates.refused", () -> CertificateFiles.problem() == null ? 0 : 1)
                .description(
                        "1 while a replaced file of certificates for Kafka cannot be read, and the previous ones are"
                                + " used")
                .register(registry);
    }

    /** Keeps the series up to date. */
    public static void show(MeterRegistry registry, RightsWatch rights) {
        RightsGauge gauge = new RightsGauge(registry, rights);
        rights.onAnswer(gauge::show);
        gauge.show();
    }

    private void show() {
        List<MultiGauge.Row<?>> rows = rights.rights().entrySet().stream()
                .<MultiGauge.Row<?>>map(right -> MultiGauge.Row.of(tags(right.getKey()), right.getValue() ? 1 : 0))
                .toList();
        missing.register(rows, true);
    }

    private static Tags tags(Right right) {
        return Tags.of(
                "resource_type", right.typeName(),
                "resource_name", right.resourceName(),
                "operation", right.operationName());
    }
}
