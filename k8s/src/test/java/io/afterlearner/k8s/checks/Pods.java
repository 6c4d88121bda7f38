package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;

/** The pods that a workload starts. */
public record Pods(Manifest owner) {
    public JsonNode spec() {
        return owner.at("/spec/template/spec");
    }

    public Map<String, String> labels() {
        return Manifest.strings(owner.at("/spec/template/metadata/labels"));
    }

    public Stream<JsonNode> containers() {
        return Stream.concat(
                Manifest.elements(spec().path("containers")), Manifest.elements(spec().path("initContainers")));
    }

    public Stream<JsonNode> ports() {
        return containers().flatMap(container -> Manifest.elements(container.path("ports")));
    }

    /** Whether a container declares the port by this name or number. */
    public boolean declares(JsonNode port) {
        return ports().anyMatch(declared -> port.isTextual()
                ? declared.path("name").asText().equals(port.asText())
                : declared.path("containerPort").asInt() == port.asInt());
    }
}
