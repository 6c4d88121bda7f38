package io.afterlearner.k8s.containers;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.embedded.SecuredBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** Does what Strimzi's operators do with the KafkaTopics and KafkaUsers of the manifests. */
record KafkaObjects(Manifests manifests) {

    String[] users() {
        return manifests.ofKind("KafkaUser").map(Manifests::nameOf).toArray(String[]::new);
    }

    void createTopics(SecuredBroker broker) throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        manifests.ofKind("KafkaTopic").forEach(topic -> {
            Map<String, String> config = Manifests.texts(topic.at("/spec/config"));
            String named = topic.at("/spec/topicName").asText("");
            String name = named.isEmpty() ? Manifests.nameOf(topic) : named;
            topics.add(new NewTopic(name, topic.at("/spec/partitions").asInt(), (short) 1).configs(config));
        });
        broker.admin().createTopics(topics).all().get();
    }

    void grantRights(SecuredBroker broker) throws Exception {
        for (JsonNode user : manifests.ofKind("KafkaUser").toList()) {
            for (JsonNode acl : user.at("/spec/authorization/acls")) {
                JsonNode resource = acl.get("resource");
                for (JsonNode operation : acl.get("operations")) {
                    broker.grant(
                            Manifests.nameOf(user),
                            operation(operation),
                            type(resource),
                            name(resource),
                            pattern(resource));
                }
            }
        }
    }

    private static AclOperation operation(JsonNode operation) {
        return AclOperation.fromString(constant(operation));
    }

    private static ResourceType type(JsonNode resource) {
        return ResourceType.fromString(constant(resource.get("type")));
    }

    private static PatternType pattern(JsonNode resource) {
        return "prefix".equals(resource.path("patternType").asText()) ? PatternType.PREFIXED : PatternType.LITERAL;
    }

    /** The resource of type cluster has no name in Strimzi. */
    private static String name(JsonNode resource) {
        return resource.path("name").asText("kafka-cluster");
    }

    /** IdempotentWrite and transactionalId become IDEMPOTENT_WRITE and TRANSACTIONAL_ID. */
    private static String constant(JsonNode camelCase) {
        return camelCase.asText().replaceAll("(?<=[a-z])([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
