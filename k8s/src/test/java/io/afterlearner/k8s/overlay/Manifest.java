package io.afterlearner.k8s.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Kubernetes object, as its YAML has it. */
public record Manifest(JsonNode tree) {
    public String kind() {
        return tree.path("kind").asText();
    }

    public String apiVersion() {
        return tree.path("apiVersion").asText();
    }

    public String name() {
        return tree.at("/metadata/name").asText();
    }

    /** Such as {@code Deployment/afterlearner-evaluator}. */
    public String id() {
        return kind() + "/" + name();
    }

    public boolean is(String kind, String name) {
        return kind().equals(kind) && name().equals(name);
    }

    public JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    public Map<String, String> labels() {
        return strings(at("/metadata/labels"));
    }

    /** The fields of an object with strings; empty if it is missing. */
    public static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new TreeMap<>();
        object.properties()
                .forEach(field -> strings.put(field.getKey(), field.getValue().asText()));
        return strings;
    }

    /** The elements of an array; none if it is missing. */
    public static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
