package io.afterlearner.http;

import io.afterlearner.kafka.rights.RightsWatch;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the service lacks a right on Kafka that it cannot do without; the answer names each missing right. */
@Readiness
@ApplicationScoped
class RightsHealth implements HealthCheck {
    private final RightsWatch rights;

    RightsHealth(RightsWatch rights) {
        this.rights = rights;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("rights on Kafka").status(rights.isReady());
        rights.problems().forEach(answer::withData);
        return answer.build();
    }
}
