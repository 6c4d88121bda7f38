package io.afterlearner.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until all tables are read. */
@Readiness
@ApplicationScoped
class TablesHealth implements HealthCheck {
    private final Instance<Tables> tables;

    TablesHealth(@Any Instance<Tables> tables) {
        this.tables = tables;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("topics are read")
                .status(tables.stream().allMatch(Tables::isReady))
                .build();
    }
}
