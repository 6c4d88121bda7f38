package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.LabelSelector;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import java.util.List;
import java.util.stream.Stream;

/** Everything is denied by default; policies select pods that exist, and ports that those declare. */
final class NetworkPolicies implements Check {
    private static final String SELECTOR = "podSelector";

    @Override
    public List<String> findings(Overlay overlay) {
        List<Peer> peers = Peer.of(overlay).toList();
        Stream<String> deny = overlay.of("NetworkPolicy").anyMatch(NetworkPolicies::deniesAll)
                ? Stream.of()
                : Stream.of("no NetworkPolicy denies ingress and egress of all pods");
        return Stream.concat(
                        deny,
                        overlay.of("NetworkPolicy")
                                .flatMap(policy -> policy(peers, policy).map(text -> policy.id() + ": " + text)))
                .toList();
    }

    private static boolean deniesAll(Manifest policy) {
        return policy.at("/spec/podSelector").isEmpty()
                && policy.at("/spec/policyTypes").size() == 2
                && policy.at("/spec/ingress").isMissingNode()
                && policy.at("/spec/egress").isMissingNode();
    }

    private static Stream<String> policy(List<Peer> peers, Manifest policy) {
        JsonNode own = policy.at("/spec/podSelector");
        Stream<String> ingress = Manifest.elements(policy.at("/spec/ingress"))
                .flatMap(rule ->
                        Stream.concat(rule(peers, rule.path("from")), ports(peers, List.of(own), rule.path("ports"))));
        Stream<String> egress = Manifest.elements(policy.at("/spec/egress"))
                .flatMap(rule -> Stream.concat(
                        rule(peers, rule.path("to")), ports(peers, local(rule.path("to")), rule.path("ports"))));
        return Stream.of(selected(peers, own), ingress, egress).flatMap(found -> found);
    }

    private static Stream<String> rule(List<Peer> peers, JsonNode others) {
        return local(others).stream().flatMap(selector -> selected(peers, selector));
    }

    /** Selectors of pods in this namespace. */
    private static List<JsonNode> local(JsonNode others) {
        return Manifest.elements(others)
                .filter(other -> other.has(SELECTOR) && !other.has("namespaceSelector"))
                .map(other -> other.path(SELECTOR))
                .toList();
    }

    private static Stream<String> selected(List<Peer> peers, JsonNode selector) {
        LabelSelector labels = new LabelSelector(selector);
        if (selector.isEmpty() || labels.isOfUsers()) {
            return Stream.of();
        }
        Stream<String> none = peers.stream().anyMatch(peer -> labels.matches(peer.labels()))
                ? Stream.of()
                : Stream.of(labels + " selects no pods");
        return Stream.concat(
                none, labels.unused(peers.stream().map(Peer::labels)).map(value -> "no pods are labelled " + value));
    }

    private static Stream<String> ports(List<Peer> peers, List<JsonNode> selectors, JsonNode ports) {
        return Manifest.elements(ports)
                .map(port -> port.path("port"))
                .flatMap(port -> selectors.stream()
                        .flatMap(selector -> peers.stream().filter(peer -> peer.isSelectedBy(selector)))
                        .filter(peer -> !peer.ports().isEmpty() && !peer.has(port))
                        .map(peer -> peer.name() + " has no port " + port.asText()));
    }
}
