package io.afterlearner.k8s.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A study.yaml as an object of the kind Study, whose files are where the overlay mounts those of examples. */
final class StudyObject {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String FOLDER = "file:///examples/";

    private StudyObject() {}

    static JsonNode of(Path file, String name) throws IOException {
        ObjectNode spec = (ObjectNode) YAML.readTree(file.toFile());
        spec.remove("name");
        ObjectNode model = (ObjectNode) spec.get("model");
        model.put("uri", FOLDER + model.get("uri").asText());
        ObjectNode data = (ObjectNode) spec.get("data");
        for (String split : List.of("search", "test")) {
            String path = data.get(split).asText();
            data.putObject(split).put("uri", FOLDER + path);
        }
        return YAML.valueToTree(Map.of(
                "apiVersion",
                "afterlearner.io/v1alpha1",
                "kind",
                "Study",
                "metadata",
                Map.of("name", name),
                "spec",
                spec));
    }
}
