package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.k8s.overlay.LabelSelector;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pods that talk to others: those of a workload, or those that Strimzi starts for a Kafka.
 *
 * @param ports by name, or by number if they have none
 */
record Peer(String name, Map<String, String> labels, Map<String, Integer> ports) {
    private static final int CONTROLLERS = 9090;
    private static final int REPLICATION = 9091;

    static Stream<Peer> of(Overlay overlay) {
        Stream<Peer> ours = overlay.pods()
                .map(pods -> new Peer(
                        pods.owner().id(),
                        pods.labels(),
                        pods.ports()
                                .collect(Collectors.toMap(
                                        port -> port.path("name").asText(),
                                        port -> port.path("containerPort").asInt()))));
        return Stream.concat(ours, overlay.of("Kafka").flatMap(Peer::ofKafka));
    }

    private static Stream<Peer> ofKafka(Manifest kafka) {
        IntStream listeners = Manifest.elements(kafka.at("/spec/kafka/listeners"))
                .mapToInt(listener -> listener.path("port").asInt());
        Map<String, Integer> ports = IntStream.concat(listeners, IntStream.of(CONTROLLERS, REPLICATION))
                .boxed()
                .collect(Collectors.toMap(String::valueOf, port -> port));
        return Stream.of("kafka", "entity-operator")
                .map(part -> new Peer(
                        kafka.id() + " (" + part + ")",
                        Map.of(
                                "strimzi.io/cluster",
                                kafka.name(),
                                "strimzi.io/name",
                                kafka.name() + "-" + part,
                                "strimzi.io/kind",
                                "Kafka"),
                        part.equals("kafka") ? ports : Map.of()));
    }

    boolean has(JsonNode port) {
        return port.isTextual() ? ports.containsKey(port.asText()) : ports.containsValue(port.asInt());
    }

    /** Whether the port of a policy means this number. */
    boolean means(JsonNode port, int number) {
        return port.isTextual() ? ports.getOrDefault(port.asText(), 0) == number : port.asInt() == number;
    }

    boolean isSelectedBy(JsonNode selector) {
        return new LabelSelector(selector).matches(labels);
    }
}
