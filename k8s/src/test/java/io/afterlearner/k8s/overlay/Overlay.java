package io.afterlearner.k8s.overlay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of a rendered overlay. */
public record Overlay(List<Manifest> objects) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Overlays, from the module's folder. */
    public static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("overlays"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** An overlay, as it was rendered last. */
    public static Overlay rendered(String name) throws IOException {
        return read(Path.of("rendered", name + ".yaml"));
    }

    public static Overlay read(Path file) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            return new Overlay(documents.readAll().stream()
                    .filter(document -> !document.isEmpty())
                    .map(Manifest::new)
                    .toList());
        }
    }

    public Stream<Manifest> of(String kind) {
        return objects.stream().filter(object -> object.kind().equals(kind));
    }

    public Optional<Manifest> find(String kind, String name) {
        return objects.stream().filter(object -> object.is(kind, name)).findFirst();
    }

    public boolean has(String kind, String name) {
        return find(kind, name).isPresent();
    }

    /** The elements of an array that objects of a kind have. */
    public Stream<JsonNode> tree(String kind, String pointer) {
        return of(kind).flatMap(object -> Manifest.elements(object.at(pointer)));
    }

    /** The pods that workloads of this overlay start. */
    public Stream<Pods> pods() {
        return objects.stream().filter(Pods::areStartedBy).map(Pods::new);
    }

    /**
     * A copy in which one object differs.
     *
     * @param id kind and name
     * @param pointer a JSON pointer to the field
     * @param json its new value; empty to remove it
     */
    public Overlay edited(String id, String pointer, String json) {
        List<Manifest> copy = objects.stream()
                .map(object -> new Manifest(object.tree().deepCopy()))
                .toList();
        Manifest edited = copy.stream()
                .filter(object -> object.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + id));
        int last = pointer.lastIndexOf('/');
        JsonNode parent = edited.at(pointer.substring(0, last));
        set(parent, pointer.substring(last + 1).replace("~1", "/"), json);
        return new Overlay(copy);
    }

    private static void set(JsonNode parent, String field, String json) {
        if (!(parent instanceof ObjectNode object)) {
            throw new IllegalArgumentException("the parent of " + field + " is " + parent.getNodeType());
        }
        try {
            JsonNode unused = json.isEmpty() ? object.remove(field) : object.set(field, YAML.readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
