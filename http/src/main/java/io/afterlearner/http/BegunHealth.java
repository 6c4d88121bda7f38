package io.afterlearner.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until the service has its partitions and their state. */
@Readiness
@ApplicationScoped
class BegunHealth implements HealthCheck {
    private final Instance<Processing> processing;

    BegunHealth(@Any Instance<Processing> processing) {
        this.processing = processing;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("partitions are assigned and restored")
                .status(processing.stream().allMatch(Processing::hasBegun));
        processing.stream().forEach(each -> answer.withData("state", each.state()));
        return answer.build();
    }
}
