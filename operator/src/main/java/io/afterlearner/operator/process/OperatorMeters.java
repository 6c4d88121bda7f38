package io.afterlearner.operator.process;

import io.afterlearner.operator.reconcile.StudyOperator;
import io.afterlearner.operator.resource.Phase;
import io.afterlearner.operator.services.Contact;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;

/** What the operator shows Prometheus about Studies and services; docs/metrics.md has the table. */
public final class OperatorMeters {
    private OperatorMeters() {}

    public static void show(MeterRegistry registry, StudyOperator operator) {
        for (Phase phase : Phase.values()) {
            Gauge.builder("afterlearner.operator.studies", operator, now -> now.studies(phase))
                    .description("Studies that this operator looks after, by phase; none while it waits for its turn.")
                    .tag("phase", phase.word().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Map.of("optimizer", operator.optimizer(), "feedback", operator.feedback())
                .forEach((service, contact) -> Gauge.builder(
                                "afterlearner.operator.service.up", contact, OperatorMeters::up)
                        .description("0 while the service does not answer the operator, else 1.")
                        .tag("service", service)
                        .register(registry));
    }

    /** A service that nobody has asked is not missed. */
    private static double up(Contact contact) {
        return contact.problem() == null ? 1 : 0;
    }
}
