package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.k8s.overlay.Pods;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lists that the API server compares as a whole have the defaults that it would add, and quantities are text. Otherwise each apply changes
 * the object, and Argo CD or Flux never settle.
 */
final class Idempotence implements Check {
    @Override
    public List<String> findings(Overlay overlay) {
        return Stream.of(
                        overlay.of("NetworkPolicy").flatMap(Idempotence::ports),
                        overlay.of("Deployment").flatMap(Idempotence::strategy),
                        overlay.of("StatefulSet").flatMap(Idempotence::claims),
                        overlay.pods().flatMap(Idempotence::quantities))
                .flatMap(found -> found)
                .toList();
    }

    private static Stream<String> ports(Manifest policy) {
        return policy.at("/spec").findValues("ports").stream()
                .flatMap(Manifest::elements)
                .flatMap(port -> missing(policy, port, "/protocol"));
    }

    private static Stream<String> strategy(Manifest deployment) {
        JsonNode strategy = deployment.at("/spec/strategy");
        return strategy.isMissingNode() ? Stream.of() : missing(deployment, strategy, "/type");
    }

    private static Stream<String> claims(Manifest set) {
        return Manifest.elements(set.at("/spec/volumeClaimTemplates"))
                .flatMap(claim -> Stream.of("/apiVersion", "/kind", "/spec/volumeMode", "/status/phase")
                        .flatMap(pointer -> missing(set, claim, pointer)));
    }

    private static Stream<String> quantities(Pods pods) {
        return pods.containers()
                .flatMap(container -> Manifest.elements(container.path("resources")))
                .flatMap(Manifest::elements)
                .filter(JsonNode::isNumber)
                .map(number -> pods.owner().id() + ": the quantity " + number
                        + " must be in quotes; the API server writes text");
    }

    private static Stream<String> missing(Manifest object, JsonNode in, String pointer) {
        return in.at(pointer).isMissingNode()
                ? Stream.of(
                        object.id() + ": " + pointer.substring(1) + " is missing; the API server would add it to " + in)
                : Stream.of();
    }
}
