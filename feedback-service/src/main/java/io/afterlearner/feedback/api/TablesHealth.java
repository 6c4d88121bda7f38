package io.afterlearner.feedback.api;

import io.afterlearner.feedback.shell.OnlineStudies;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready before studies and arms are known. */
@Readiness
@ApplicationScoped
class TablesHealth implements HealthCheck {
    private final OnlineStudies studies;

    TablesHealth(OnlineStudies studies) {
        this.studies = studies;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("studies and arms are read")
                .status(studies.isReady())
                .build();
    }
}
