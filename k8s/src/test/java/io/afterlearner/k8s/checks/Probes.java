package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.k8s.overlay.Pods;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Each service has three probes, on ports that its container declares and on paths that Quarkus serves. */
final class Probes implements Check {
    private static final Map<String, String> PATHS = Map.of(
            "startupProbe", "/q/health/started",
            "livenessProbe", "/q/health/live",
            "readinessProbe", "/q/health/ready");

    @Override
    public List<String> findings(Overlay overlay) {
        return overlay.pods()
                .filter(pods -> !pods.areOfAJob())
                .flatMap(pods -> pods.containers().flatMap(container -> findings(pods, container)))
                .toList();
    }

    private static Stream<String> findings(Pods pods, JsonNode container) {
        return PATHS.keySet().stream()
                .sorted()
                .flatMap(probe -> problem(pods, probe, container.path(probe))
                        .map(text -> pods.owner().id() + ": " + probe + " " + text));
    }

    private static Stream<String> problem(Pods pods, String probe, JsonNode it) {
        JsonNode get = it.path("httpGet");
        if (get.isMissingNode()) {
            return Stream.of("is missing");
        }
        if (!get.path("path").asText().equals(PATHS.get(probe))) {
            return Stream.of("asks " + get.path("path").asText() + "; ask " + PATHS.get(probe));
        }
        return pods.declares(get.path("port"))
                ? Stream.of()
                : Stream.of("asks port " + get.path("port").asText() + ", which no container declares");
    }
}
