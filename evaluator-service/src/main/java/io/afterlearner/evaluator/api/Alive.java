package io.afterlearner.evaluator.api;

import io.afterlearner.evaluator.shell.Evaluators;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down if a slot's thread has died; restart the process. */
@Liveness
@ApplicationScoped
class Alive implements HealthCheck {
    private final EvaluatorProcess process;

    Alive(EvaluatorProcess process) {
        this.process = process;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("slots")
                .status(process.evaluators().map(Evaluators::isAlive).orElse(false))
                .build();
    }
}
