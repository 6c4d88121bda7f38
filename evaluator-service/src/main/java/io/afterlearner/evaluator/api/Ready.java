package io.afterlearner.evaluator.api;

import io.afterlearner.evaluator.shell.Evaluators;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up once all studies have been read and slots take candidates. */
@Readiness
@ApplicationScoped
class Ready implements HealthCheck {
    private final EvaluatorProcess process;

    Ready(EvaluatorProcess process) {
        this.process = process;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("candidates")
                .status(process.evaluators().map(Evaluators::isReady).orElse(false))
                .build();
    }
}
