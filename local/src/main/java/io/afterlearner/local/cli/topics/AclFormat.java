package io.afterlearner.local.cli.topics;

import io.afterlearner.schemas.cluster.Right;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** Writes rights for the tool that grants them. */
final class AclFormat {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/:@%+=,-]+");

    private AclFormat() {}

    /** One right's resource, with all operations on it. */
    private record Resource(ResourceType type, String name, boolean prefixed) {
        static Resource of(Right right) {
            return new Resource(right.type(), right.resource(), right.prefixed());
        }
    }

    private static Map<Resource, List<AclOperation>> grouped(ServiceUser user) {
        Map<Resource, List<AclOperation>> grouped = new LinkedHashMap<>();
        for (Right right : user.rights()) {
            List<AclOperation> operations = grouped.computeIfAbsent(Resource.of(right), resource -> new ArrayList<>());
            if (!operations.contains(right.operation())) {
                operations.add(right.operation());
            }
        }
        return grouped;
    }

    /**
     * Commands for a POSIX shell, one per resource.
     *
     * @param broker for {@code --bootstrap-server}
     * @param config file for {@code --command-config}
     */
    static String kafkaAcls(ServiceUser user, String broker, String config) {
        return grouped(user).entrySet().stream()
                .map(grant -> "kafka-acls.sh --bootstrap-server " + quoted(broker)
                        + " --command-config " + quoted(config) + " --add --allow-principal "
                        + quoted("User:" + user.principal())
                        + grant.getValue().stream()
                                .map(operation -> " --operation " + pascal(operation))
                                .collect(Collectors.joining())
                        + " --"
                        + grant.getKey().type().name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + " " + quoted(grant.getKey().name())
                        + (grant.getKey().prefixed() ? " --resource-pattern-type prefixed" : ""))
                .collect(Collectors.joining("\n"));
    }

    /**
     * A KafkaUser of the Strimzi operator.
     *
     * @param cluster name of the Kafka resource
     * @param authentication such as {@code scram-sha-512}
     */
    static String strimzi(ServiceUser user, String cluster, String authentication) {
        List<String> lines = new ArrayList<>(List.of(
                "---",
                "apiVersion: kafka.strimzi.io/v1",
                "kind: KafkaUser",
                "metadata:",
                "  name: " + yaml(user.principal()),
                "  labels:",
                "    strimzi.io/cluster: " + yaml(cluster),
                "spec:",
                "  authentication:",
                "    type: " + authentication,
                "  authorization:",
                "    type: simple",
                "    acls:"));
        grouped(user)
                .forEach((resource, operations) -> lines.addAll(List.of(
                        "      - resource:",
                        "          type: " + strimziType(resource.type()),
                        "          name: " + yaml(resource.name()),
                        "          patternType: " + (resource.prefixed() ? "prefix" : "literal"),
                        "        operations: "
                                + operations.stream()
                                        .map(AclFormat::pascal)
                                        .collect(Collectors.joining(", ", "[", "]")))));
        return String.join("\n", lines);
    }

    private static String strimziType(ResourceType type) {
        return type == ResourceType.TRANSACTIONAL_ID
                ? "transactionalId"
                : type.name().toLowerCase(Locale.ROOT);
    }

    /** Such as {@code DescribeConfigs}, as Kafka's tools and Strimzi name it. */
    private static String pascal(AclOperation operation) {
        return Stream.of(operation.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String yaml(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9._-]*") ? text : "'" + text.replace("'", "''") + "'";
    }
}
