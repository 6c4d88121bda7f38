package io.afterlearner.http;

import io.afterlearner.kafka.cluster.NeededTopics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while a topic is missing; the answer names it, and the command that creates it. */
@Readiness
@ApplicationScoped
class TopicsHealth implements HealthCheck {
    private final Instance<NeededTopics> topics;

    TopicsHealth(@Any Instance<NeededTopics> topics) {
        this.topics = topics;
    }

    @Override
    public HealthCheckResponse call() {
        String problem = topics.isUnsatisfied() ? null : topics.get().problem();
        var answer = HealthCheckResponse.named("topics exist").status(problem == null);
        return (problem == null ? answer : answer.withData("missing", problem)).build();
    }
}
