package io.afterlearner.operator.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Phase;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** A server answers a field that it does not know with 500, where the mock of the other tests keeps it. */
    @Test
    void aStatusHasNoFieldThatTheDefinitionLacks() {
        Condition accepted = Condition.of(Condition.ACCEPTED, true, "Created", "the optimizer has the study");
        Observed status = Observed.NOTHING
                .named("digits-1", "0123")
                .in(Phase.FINISHED)
                .suspended(false)
                .showing(
                        new Observed.Figures("2/2", 2, 2, 2, 0, 0, 0.5, 1, 0.25),
                        new Observed.TestVerdict("improved", "shown", 1, -0.3, -0.1, 0.5, 0.25))
                .writing(new Observed.Written("s3://models/digits", "export"))
                .about(1, Instant.EPOCH, List.of(accepted));
        JsonNode written = new ObjectMapper().valueToTree(status);
        assertEquals("Created", written.at("/conditions/0/reason").asText());
        assertEquals(List.of(), unknown(written, StatusSchema.status(), "status"));
    }

    private static List<String> unknown(JsonNode value, JsonNode schema, String place) {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String here = place + "." + field.getKey();
            JsonNode known = schema.path("properties").path(field.getKey());
            if (known.isMissingNode()) {
                found.add(here);
            }
            found.addAll(unknown(field.getValue(), known, here));
        }
        for (JsonNode item : value.isArray() ? value : List.<JsonNode>of()) {
            found.addAll(unknown(item, schema.path("items"), place + "[]"));
        }
        return found;
    }
}
