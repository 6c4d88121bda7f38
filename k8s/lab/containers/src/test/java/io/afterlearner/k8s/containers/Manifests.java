package io.afterlearner.k8s.containers;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The objects of a rendered overlay. */
record Manifests(List<JsonNode> objects) {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static Manifests read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static Manifests parse(String text) throws IOException {
        try (var objects = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return new Manifests(objects.readAll());
        }
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> kind.equals(object.path("kind").asText()));
    }

    private JsonNode object(String kind, String name) {
        return ofKind(kind)
                .filter(object -> name.equals(nameOf(object)))
                .findAny()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    String namespace() {
        return ofKind("Namespace").map(Manifests::nameOf).findAny().orElseThrow();
    }

    /** The pod of a Deployment, StatefulSet or Job. */
    PodSpec pod(String kind, String name) throws IOException {
        return YAML.treeToValue(object(kind, name).at("/spec/template/spec"), PodSpec.class);
    }

    /** The volumes that each pod of a StatefulSet has for itself. */
    List<String> claims(String kind, String name) {
        return object(kind, name).at("/spec/volumeClaimTemplates").findValuesAsText("name").stream()
                .toList();
    }

    Map<String, String> configMap(String name) {
        return texts(object("ConfigMap", name).path("data"));
    }

    /** The fields of an object. */
    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
