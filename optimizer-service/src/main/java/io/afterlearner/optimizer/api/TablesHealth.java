package io.afterlearner.optimizer.api;

import io.afterlearner.optimizer.shell.StudyTables;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until the studies are read. */
@Readiness
@ApplicationScoped
class TablesHealth implements HealthCheck {
    private final StudyTables tables;

    TablesHealth(StudyTables tables) {
        this.tables = tables;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("studies are read")
                .status(tables.isReady())
                .build();
    }
}
