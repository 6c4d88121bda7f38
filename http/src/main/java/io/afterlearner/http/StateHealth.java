package io.afterlearner.http;

import io.afterlearner.kafka.streams.StreamsProgress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until the partitions of this instance are assigned and their state is restored. */
@Readiness
@ApplicationScoped
class StateHealth implements HealthCheck {
    private final Instance<StreamsProgress> progress;

    StateHealth(@Any Instance<StreamsProgress> progress) {
        this.progress = progress;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("state is restored")
                .status(progress.stream().allMatch(StreamsProgress::hasRun))
                .build();
    }
}
