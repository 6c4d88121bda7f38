package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.k8s.overlay.Pods;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Pods run as PodSecurity's level restricted demands and stricter: read-only, with limits, without a token of the API. */
final class PodRules implements Check {
    private static final String USER = "10001";

    /** The only one that calls the Kubernetes API. */
    private static final Set<String> WITH_TOKEN = Set.of("afterlearner-operator");

    @Override
    public List<String> findings(Overlay overlay) {
        return overlay.pods()
                .flatMap(pods -> Stream.concat(ofPod(pods), pods.containers().flatMap(PodRules::ofContainer))
                        .map(text -> pods.owner().id() + ": " + text))
                .toList();
    }

    private static Stream<String> ofPod(Pods pods) {
        JsonNode spec = pods.spec();
        boolean token = spec.path("automountServiceAccountToken").asBoolean(true);
        return Stream.of(
                        require(spec, "/securityContext/runAsNonRoot", "true"),
                        require(spec, "/securityContext/runAsUser", USER),
                        require(spec, "/securityContext/runAsGroup", USER),
                        require(spec, "/securityContext/seccompProfile/type", "RuntimeDefault"),
                        require(spec, "/enableServiceLinks", "false"),
                        token == WITH_TOKEN.contains(pods.owner().name())
                                ? Stream.<String>of()
                                : Stream.of("automountServiceAccountToken is " + token))
                .flatMap(found -> found);
    }

    private static Stream<String> ofContainer(JsonNode container) {
        return Stream.of(
                        require(container, "/securityContext/allowPrivilegeEscalation", "false"),
                        require(container, "/securityContext/readOnlyRootFilesystem", "true"),
                        require(container, "/securityContext/capabilities/drop/0", "ALL"),
                        present(container, "/resources/requests/cpu"),
                        present(container, "/resources/requests/memory"),
                        present(container, "/resources/limits/memory"),
                        sameMemory(container))
                .flatMap(found -> found);
    }

    private static Stream<String> require(JsonNode in, String pointer, String value) {
        String found = in.at(pointer).asText();
        return found.equals(value)
                ? Stream.of()
                : Stream.of(pointer.substring(1) + " is '" + found + "'; set it to " + value);
    }

    private static Stream<String> present(JsonNode in, String pointer) {
        return in.at(pointer).isMissingNode() ? Stream.of(pointer.substring(1) + " is missing") : Stream.of();
    }

    /** The heap follows the limit, so less would be promised to the scheduler than is used. */
    private static Stream<String> sameMemory(JsonNode container) {
        return container.at("/resources/requests/memory").equals(container.at("/resources/limits/memory"))
                ? Stream.of()
                : Stream.of("request and limit of memory differ; the heap follows the limit");
    }
}
