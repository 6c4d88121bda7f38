package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.k8s.overlay.Pods;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ConfigMaps, service accounts and volumes that pods name exist; Secrets are made by Strimzi, or documented. */
final class References implements Check {
    private final String readme;

    /** @param readme text of k8s/README.md, which has a row for each Secret: its name, then its keys */
    References(String readme) {
        this.readme = readme;
    }

    @Override
    public List<String> findings(Overlay overlay) {
        return Stream.of(
                        overlay.pods().flatMap(pods -> inPods(overlay, pods)),
                        overlay.objects().stream().flatMap(object -> secrets(overlay, object)),
                        overlay.of("ScaledObject").flatMap(scaled -> triggers(overlay, scaled)))
                .flatMap(found -> found)
                .toList();
    }

    private static Stream<String> inPods(Overlay overlay, Pods pods) {
        String account = pods.spec().path("serviceAccountName").asText();
        Stream<String> accounts = overlay.has("ServiceAccount", account)
                ? Stream.of()
                : Stream.of("there is no ServiceAccount " + account);
        Stream<String> maps = Stream.concat(
                        pods.spec().findValues("configMapRef").stream(), pods.spec().findValues("configMap").stream())
                .filter(reference -> !reference.path("optional").asBoolean())
                .map(reference -> reference.path("name").asText())
                .filter(name -> !overlay.has("ConfigMap", name))
                .map(name -> "there is no ConfigMap " + name);
        return Stream.of(accounts, maps, volumes(pods))
                .flatMap(found -> found)
                .map(text -> pods.owner().id() + ": " + text);
    }

    private static Stream<String> volumes(Pods pods) {
        Set<String> declared = Stream.concat(
                        Manifest.elements(pods.spec().path("volumes")).map(volume -> volume.path("name")),
                        Manifest.elements(pods.owner().at("/spec/volumeClaimTemplates"))
                                .map(claim -> claim.at("/metadata/name")))
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        Set<String> mounted = pods.containers()
                .flatMap(container -> Manifest.elements(container.path("volumeMounts")))
                .map(mount -> mount.path("name").asText())
                .collect(Collectors.toSet());
        return Stream.concat(
                mounted.stream().filter(name -> !declared.contains(name)).map(name -> "there is no volume " + name),
                declared.stream().filter(name -> !mounted.contains(name)).map(name -> "nothing mounts volume " + name));
    }

    /** Whatever has a name and a key in an object that can only be a reference to a Secret. */
    private Stream<String> secrets(Overlay overlay, Manifest object) {
        JsonNode spec = object.at("/spec");
        Stream<String> single = Stream.of(
                        spec.findValues("secretKeyRef").stream(),
                        spec.findValues("credentials").stream(),
                        spec.findValues("ca").stream().map(authority -> authority.path("secret")),
                        spec.findValues("secretTargetRef").stream().flatMap(Manifest::elements))
                .flatMap(found -> found)
                .flatMap(reference -> problem(
                        overlay,
                        reference.path("name").asText(),
                        reference.path("key").asText()));
        Stream<String> mounted = spec.findValues("secret").stream()
                .flatMap(secret -> Manifest.elements(secret.path("items"))
                        .flatMap(item -> problem(
                                overlay,
                                secret.path("secretName").asText(),
                                item.path("key").asText())));
        return Stream.concat(single, mounted).map(text -> object.id() + ": " + text);
    }

    private Stream<String> problem(Overlay overlay, String name, String key) {
        boolean ofStrimzi = isOfUser(overlay, name, key) || isOfAuthority(overlay, name, key);
        boolean documented = readme.lines()
                .filter(line -> line.startsWith("| `" + name + "` |"))
                .anyMatch(line -> line.contains("`" + key + "`"));
        return ofStrimzi || documented
                ? Stream.of()
                : Stream.of("Secret " + name + " with the key " + key + " is neither made by Strimzi nor documented in"
                        + " the table of k8s/README.md");
    }

    private static boolean isOfUser(Overlay overlay, String name, String key) {
        return overlay.has("KafkaUser", name)
                && Set.of("password", "sasl.jaas.config").contains(key);
    }

    private static boolean isOfAuthority(Overlay overlay, String name, String key) {
        return key.equals("ca.crt")
                && overlay.of("Kafka").anyMatch(kafka -> name.equals(kafka.name() + "-cluster-ca-cert"));
    }

    private static Stream<String> triggers(Overlay overlay, Manifest scaled) {
        return scaled.tree().findValues("authenticationRef").stream()
                .map(reference -> reference.path("name").asText())
                .filter(name -> !overlay.has("TriggerAuthentication", name))
                .map(name -> scaled.id() + ": there is no TriggerAuthentication " + name);
    }
}
