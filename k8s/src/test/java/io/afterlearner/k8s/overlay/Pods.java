package io.afterlearner.k8s.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The pods that a workload starts. */
public record Pods(Manifest owner) {
    private static final List<String> TEMPLATES = List.of("/spec/template", "/spec/jobTemplate/spec/template");

    static boolean areStartedBy(Manifest object) {
        return template(object).path("spec").has("containers");
    }

    private static JsonNode template(Manifest object) {
        return TEMPLATES.stream()
                .map(object::at)
                .filter(template -> !template.isMissingNode())
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** Whether they run to an end, instead of serving. */
    public boolean areOfAJob() {
        return owner.kind().endsWith("Job");
    }

    public JsonNode spec() {
        return template(owner).path("spec");
    }

    public Map<String, String> labels() {
        return Manifest.strings(template(owner).at("/metadata/labels"));
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

    /** The variables of the containers; those from Secrets and fields have empty values. */
    public Map<String, String> variables(Overlay overlay) {
        Map<String, String> variables = new TreeMap<>();
        containers().forEach(container -> {
            Manifest.elements(container.path("envFrom"))
                    .map(from -> from.at("/configMapRef/name").asText())
                    .flatMap(name -> overlay.find("ConfigMap", name).stream())
                    .forEach(map -> variables.putAll(Manifest.strings(map.at("/data"))));
            for (JsonNode variable : container.path("env")) {
                variables.put(
                        variable.path("name").asText(), variable.path("value").asText());
            }
        });
        return variables;
    }
}
