package io.afterlearner.http;

import io.afterlearner.kafka.rights.RightsWatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the service lacks a right on Kafka that it cannot do without; the answer names each missing right. */
@Readiness
@ApplicationScoped
class RightsHealth implements HealthCheck {
    private final Instance<RightsWatch> rights;

    RightsHealth(@Any Instance<RightsWatch> rights) {
        this.rights = rights;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("rights on Kafka")
                .status(rights.stream().allMatch(RightsWatch::isReady));
        rights.stream().forEach(watch -> watch.shown().forEach(answer::withData));
        return answer.build();
    }
}
