package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Custom resources are what their definitions allow, without fields that those do not have. */
public final class Definitions implements Check {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4);

    /** By apiVersion and kind. */
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    /** @param folder of files with CustomResourceDefinitions, as the projects publish them */
    public Definitions(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
                Overlay.read(file).of("CustomResourceDefinition").forEach(this::add);
            }
        }
    }

    private void add(Manifest definition) {
        String group = definition.at("/spec/group").asText();
        String kind = definition.at("/spec/names/kind").asText();
        for (JsonNode version : definition.at("/spec/versions")) {
            JsonNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
            // The API server checks these itself.
            ((ObjectNode) schema.path("properties")).remove("metadata");
            ((ObjectNode) schema.path("properties")).putObject("metadata");
            close(schema);
            schemas.put(group + "/" + version.path("name").asText() + "/" + kind, SCHEMAS.getSchema(schema));
        }
    }

    /** Forbids fields that a schema does not list, as {@code kubectl --validate=strict} does, and reads Kubernetes' own words. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                    || object.has("additionalProperties")
                    || !object.path("properties").isObject()
                    || !object.path("type").asText().equals("object");
            if (!open) {
                object.put("additionalProperties", false);
            }
            if (object.path("x-kubernetes-int-or-string").asBoolean()) {
                object.remove(List.of("type", "anyOf"));
                object.putArray("type").add("integer").add("string");
            }
        }
        schema.forEach(Definitions::close);
    }

    @Override
    public List<String> findings(Overlay overlay) {
        return overlay.objects().stream()
                .flatMap(object -> findings(object, schemas.get(object.apiVersion() + "/" + object.kind())))
                .toList();
    }

    private static Stream<String> findings(Manifest object, @Nullable JsonSchema schema) {
        return schema == null
                ? Stream.of()
                : schema.validate(object.tree()).stream().map(problem -> object.id() + ": " + problem.getMessage());
    }
}
