package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.k8s.overlay.Pods;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Addresses in settings are Services of the overlay, and network policies let the pods that have the settings reach them. */
final class Reachability implements Check {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:https?://)?(afterlearner-[a-z-]+)(?:\\.[a-z.]+)?:(\\d+)(?:/.*)?");
    private static final String BOOTSTRAP = "-kafka-bootstrap";

    @Override
    public List<String> findings(Overlay overlay) {
        List<Peer> peers = Peer.of(overlay).toList();
        Stream<String> ofPods = overlay.pods()
                .flatMap(pods -> pods.variables(overlay).values().stream()
                        .flatMap(value -> problem(overlay, peers, pods, value))
                        .map(text -> pods.owner().id() + ": " + text));
        Stream<String> ofTriggers = overlay.of("ScaledObject")
                .flatMap(scaled -> scaled.tree().findValues("url").stream()
                        .flatMap(url -> problem(overlay, peers, null, url.asText()))
                        .map(text -> scaled.id() + ": " + text));
        return Stream.concat(ofPods, ofTriggers).toList();
    }

    private static Stream<String> problem(Overlay overlay, List<Peer> peers, @Nullable Pods from, String value) {
        Matcher address = ADDRESS.matcher(value);
        if (!address.matches()) {
            return Stream.of();
        }
        String host = address.group(1);
        int port = Integer.parseInt(address.group(2));
        List<Peer> targets = targets(overlay, peers, host, port);
        if (targets.isEmpty()) {
            return Stream.of("no Service is " + host + " with the port " + port);
        }
        return from == null || targets.stream().anyMatch(to -> isAllowed(overlay, peer(peers, from), to, port))
                ? Stream.of()
                : Stream.of("network policies do not let it reach " + host + ":" + port);
    }

    /** Whether an address in the settings of the pods means the port of the other. */
    static boolean isMeant(Overlay overlay, List<Peer> peers, Pods from, Peer to, int port) {
        return from.variables(overlay).values().stream()
                .map(ADDRESS::matcher)
                .filter(Matcher::matches)
                .filter(address -> Integer.parseInt(address.group(2)) == port)
                .anyMatch(address ->
                        targets(overlay, peers, address.group(1), port).contains(to));
    }

    static Peer peer(List<Peer> peers, Pods pods) {
        return peers.stream()
                .filter(peer -> peer.name().equals(pods.owner().id()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Peer> targets(Overlay overlay, List<Peer> peers, String host, int port) {
        if (host.endsWith(BOOTSTRAP)) {
            String name = host.substring(0, host.length() - "-bootstrap".length());
            return peers.stream()
                    .filter(peer -> name.equals(peer.labels().get("strimzi.io/name")))
                    .filter(peer -> peer.ports().containsValue(port))
                    .toList();
        }
        return overlay.find("Service", host).stream()
                .filter(service -> service.tree().findValues("port").stream().anyMatch(it -> it.asInt() == port))
                .flatMap(service -> selected(peers, Manifest.strings(service.at("/spec/selector"))))
                .toList();
    }

    private static Stream<Peer> selected(List<Peer> peers, Map<String, String> labels) {
        return peers.stream().filter(peer -> peer.labels().entrySet().containsAll(labels.entrySet()));
    }

    static boolean isAllowed(Overlay overlay, Peer from, Peer to, int port) {
        boolean leaves = rules(overlay, from, "egress").anyMatch(rule -> allows(rule, "to", to, to, port));
        Stream<JsonNode> listeners = overlay.tree("Kafka", "/spec/kafka/listeners")
                .filter(listener -> listener.path("port").asInt() == port)
                .flatMap(listener -> Manifest.elements(listener.path("networkPolicyPeers")));
        boolean arrives = to.labels().containsKey("strimzi.io/kind")
                ? listeners.anyMatch(other -> selects(other, from))
                : rules(overlay, to, "ingress").anyMatch(rule -> allows(rule, "from", from, to, port));
        return leaves && arrives;
    }

    private static Stream<JsonNode> rules(Overlay overlay, Peer of, String direction) {
        return overlay.of("NetworkPolicy")
                .filter(policy -> of.isSelectedBy(policy.at("/spec/podSelector")))
                .flatMap(policy -> Manifest.elements(policy.at("/spec/" + direction)));
    }

    private static boolean allows(JsonNode rule, String side, Peer other, Peer to, int port) {
        boolean anybody = !rule.has(side);
        return (anybody || Manifest.elements(rule.path(side)).anyMatch(peer -> selects(peer, other)))
                && Manifest.elements(rule.path("ports")).anyMatch(it -> to.means(it.path("port"), port));
    }

    private static boolean selects(JsonNode peer, Peer other) {
        return peer.has("podSelector")
                && !peer.has("namespaceSelector")
                && other.isSelectedBy(peer.path("podSelector"));
    }
}
