package io.afterlearner.k8s.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.schemas.cluster.TopicSpec;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Topics are those that the code uses, with their settings; users have the rights that their services need, and no others. */
final class KafkaObjects implements Check {
    private static final String CLUSTER = "strimzi.io/cluster";

    private final Collection<TopicSpec> topics;
    private final Map<String, List<Right>> users;

    /** @param users rights by name of the user */
    KafkaObjects(Collection<TopicSpec> topics, Map<String, List<Right>> users) {
        this.topics = topics;
        this.users = users;
    }

    @Override
    public List<String> findings(Overlay overlay) {
        return Stream.of(
                        missing(
                                overlay,
                                "KafkaTopic",
                                topics.stream().map(TopicSpec::name).toList()),
                        missing(overlay, "KafkaUser", users.keySet()),
                        topics.stream()
                                .flatMap(topic -> overlay.find("KafkaTopic", topic.name()).stream()
                                        .flatMap(manifest -> topic(topic, manifest))),
                        users.entrySet().stream()
                                .flatMap(user -> overlay.find("KafkaUser", user.getKey()).stream()
                                        .flatMap(manifest -> user(user.getValue(), manifest))),
                        Stream.of("KafkaTopic", "KafkaUser", "KafkaNodePool")
                                .flatMap(overlay::of)
                                .filter(object ->
                                        !overlay.has("Kafka", object.labels().getOrDefault(CLUSTER, "")))
                                .map(object -> object.id() + ": the label " + CLUSTER + " names no Kafka"))
                .flatMap(found -> found)
                .toList();
    }

    private static Stream<String> missing(Overlay overlay, String kind, Collection<String> wanted) {
        TreeSet<String> found =
                new TreeSet<>(overlay.of(kind).map(Manifest::name).toList());
        return Stream.concat(
                wanted.stream().filter(name -> !found.contains(name)).map(name -> kind + "/" + name + ": is missing"),
                found.stream()
                        .filter(name -> !wanted.contains(name))
                        .map(name -> kind + "/" + name + ": the code has no use for it"));
    }

    private static Stream<String> topic(TopicSpec topic, Manifest manifest) {
        Map<String, String> found = Manifest.strings(manifest.at("/spec/config"));
        return topic.configs().equals(found)
                ? Stream.of()
                : Stream.of(manifest.id() + ": config is " + found + "; the code needs " + topic.configs());
    }

    private static Stream<String> user(List<Right> rights, Manifest manifest) {
        TreeSet<String> granted = new TreeSet<>();
        for (JsonNode acl : manifest.at("/spec/authorization/acls")) {
            JsonNode resource = acl.path("resource");
            String on =
                    resource.path("type").asText() + " " + resource.path("name").asText()
                            + (resource.path("patternType").asText().equals("prefix") ? "*" : "");
            acl.path("operations").forEach(operation -> granted.add(plain(operation.asText()) + " on " + on));
        }
        TreeSet<String> needed = new TreeSet<>();
        rights.forEach(right ->
                needed.add(plain(right.operation().name()) + " on " + type(right) + " " + right.resourceName()));
        return granted.equals(needed)
                ? Stream.of()
                : Stream.of(manifest.id() + ": grants " + minus(granted, needed) + " too much, and "
                        + minus(needed, granted) + " too little");
    }

    private static String plain(String operation) {
        return operation.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String type(Right right) {
        return right.typeName().equals("transactional-id") ? "transactionalId" : right.typeName();
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        Set<String> left = new TreeSet<>(some);
        left.removeAll(others);
        return left;
    }
}
