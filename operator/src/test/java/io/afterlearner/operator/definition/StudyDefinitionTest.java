package io.afterlearner.operator.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StudyDefinitionTest {
    private static final Path COMMITTED = Path.of("..", "k8s", "base", "operator", "studies.yaml");

    @Test
    void theCommittedDefinitionIsMadeFromTheTableOfKeysAndTheStatus() throws IOException {
        if (Boolean.getBoolean("afterlearner.write")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, StudyDefinition.yaml());
        }
        assertEquals(StudyDefinition.yaml(), Files.readString(COMMITTED));
    }

    @Test
    void theDefinitionIsWhatKubernetesCallsOne() throws IOException {
        var crd = Serialization.unmarshal(Files.readString(COMMITTED), CustomResourceDefinition.class);
        assertEquals("studies.afterlearner.io", crd.getMetadata().getName());
        assertEquals(0, crd.getAdditionalProperties().size());
    }
}
