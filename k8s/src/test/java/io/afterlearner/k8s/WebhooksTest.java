package io.afterlearner.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.afterlearner.k8s.checks.Checks;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No overlay has the component {@code webhooks}, because its Secret cannot be made up. So it is applied here to one. */
class WebhooksTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path COMPONENT = Path.of("components/webhooks");

    private static Overlay withComponent(String name) throws IOException {
        JsonNode component =
                YAML.readTree(COMPONENT.resolve("kustomization.yaml").toFile());
        List<Manifest> objects = new ArrayList<>();
        for (Manifest object : Overlay.rendered(name).objects()) {
            objects.add(new Manifest(object.tree().deepCopy()));
        }
        Overlay overlay = new Overlay(objects);
        for (JsonNode literal : component.at("/configMapGenerator/0/literals")) {
            String[] setting = literal.asText().split("=", 2);
            ObjectNode data = overlay.of("ConfigMap")
                    .filter(map -> map.name().startsWith("afterlearner-feedback-"))
                    .map(map -> (ObjectNode) map.at("/data"))
                    .findFirst()
                    .orElseThrow();
            data.put(setting[0], setting[1]);
        }
        JsonNode feedback = overlay.find("StatefulSet", "afterlearner-feedback")
                .orElseThrow()
                .tree();
        for (JsonNode operation : YAML.readTree(component.at("/patches/0/patch").asText())) {
            assertEquals("add", operation.at("/op").asText());
            String path = operation.at("/path").asText();
            assertTrue(path.endsWith("/-"), path);
            ((ArrayNode) feedback.at(path.substring(0, path.length() - 2))).add(operation.at("/value"));
        }
        ObjectNode policy =
                (ObjectNode) YAML.readTree(COMPONENT.resolve("network.yaml").toFile());
        ObjectNode metadata = (ObjectNode) policy.at("/metadata");
        metadata.put("namespace", "afterlearner");
        metadata.set("labels", component.at("/labels/0/pairs"));
        return new Overlay(Stream.concat(overlay.objects().stream(), Stream.of(new Manifest(policy)))
                .toList());
    }

    @Test
    void noCheckFindsAnythingInAnOverlayWithIt() throws IOException {
        for (String name : Overlay.names()) {
            Overlay overlay = withComponent(name);
            for (Check check : Checks.all()) {
                assertEquals(
                        List.of(),
                        check.findings(overlay),
                        () -> check.getClass().getSimpleName() + " of " + name + " with webhooks");
            }
        }
    }

    @Test
    void theServiceReadsTheFileThatTheSecretHas() throws IOException {
        Overlay overlay = withComponent("local");
        String setting = overlay.of("ConfigMap")
                .map(map -> map.at("/data/AFTERLEARNER_RECEIVERS_FILE").asText())
                .filter(file -> !file.isEmpty())
                .findFirst()
                .orElseThrow();
        JsonNode pod = overlay.find("StatefulSet", "afterlearner-feedback")
                .orElseThrow()
                .at("/spec/template/spec");
        String mounted = Manifest.elements(pod.at("/containers/0/volumeMounts"))
                .filter(mount -> mount.at("/name").asText().equals("receivers"))
                .map(mount -> mount.at("/mountPath").asText())
                .findFirst()
                .orElseThrow();
        String file = Manifest.elements(pod.at("/volumes"))
                .filter(volume -> volume.at("/name").asText().equals("receivers"))
                .map(volume -> volume.at("/secret/items/0/path").asText())
                .findFirst()
                .orElseThrow();
        assertEquals(setting, mounted + "/" + file);
    }
}
