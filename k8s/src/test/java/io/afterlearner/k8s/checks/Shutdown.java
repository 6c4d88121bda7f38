package io.afterlearner.k8s.checks;

import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.k8s.overlay.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pod has the time to stop that its settings need: docs/upgrading.md. */
final class Shutdown implements Check {
    private static final int SERVICE_SECONDS = 20;
    private static final int EVALUATOR_SECONDS = 15;

    @Override
    public List<String> findings(Overlay overlay) {
        return overlay.pods()
                .filter(pods -> !pods.areOfAJob())
                .flatMap(pods -> findings(overlay, pods))
                .toList();
    }

    private static Stream<String> findings(Overlay overlay, Pods pods) {
        Map<String, String> variables = pods.variables(overlay);
        long preStop = pods.containers()
                .mapToLong(container ->
                        container.at("/lifecycle/preStop/sleep/seconds").asLong())
                .max()
                .orElse(0);
        long needed = variables.containsKey("AFTERLEARNER_EVALUATOR_DRAIN")
                ? seconds(variables.get("AFTERLEARNER_EVALUATOR_DRAIN")) + EVALUATOR_SECONDS
                : preStop + seconds(variables.get("QUARKUS_SHUTDOWN_DELAY")) + SERVICE_SECONDS;
        long given = pods.spec().path("terminationGracePeriodSeconds").asLong();
        return given >= needed
                ? Stream.of()
                : Stream.of(pods.owner().id() + ": terminationGracePeriodSeconds is " + given + "; its settings need "
                        + needed);
    }

    private static long seconds(@Nullable String duration) {
        return duration == null ? 0 : Duration.parse("PT" + duration).toSeconds();
    }
}
