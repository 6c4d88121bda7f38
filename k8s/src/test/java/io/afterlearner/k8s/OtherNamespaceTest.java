package io.afterlearner.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever makes an overlay for another namespace gets all objects in that one. Kustomize adds the namespace to what has none, and leaves
 * alone one that the subject of a RoleBinding has already: the operator would have no rights.
 */
class OtherNamespaceTest {
    @ParameterizedTest
    @ValueSource(strings = {"base", "kafka", "components"})
    void noSourceNamesANamespace(String folder) throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            sources = files.filter(OtherNamespaceTest::isSource).toList();
        }
        for (Path source : sources) {
            Files.readAllLines(source).stream()
                    .filter(line -> line.strip().startsWith("namespace:"))
                    .map(line -> source + ": " + line.strip() + "; leave it out, kustomize adds that of the overlay")
                    .forEach(found::add);
        }
        assertFalse(sources.isEmpty(), folder);
        assertEquals(List.of(), found);
    }

    private static boolean isSource(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") && !name.equals("kustomization.yaml");
    }
}
