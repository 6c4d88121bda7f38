package io.afterlearner.local.cli.topics;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Options;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.study.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics acls}. Needs no Kafka. */
@Command(
        name = "acls",
        description = "Prints the rights that each service needs on Kafka, and no others.",
        footer = {
            "",
            "Examples:",
            "  ./afterlearner topics acls --kafka-config admin.properties | sh",
            "  ./afterlearner topics acls --service evaluator --pool gpu --principal evaluator-gpu=CN=gpu",
            "  ./afterlearner topics acls --format strimzi --cluster my-kafka | kubectl apply -f -"
        })
final class AclsCommand implements Callable<Integer> {
    private static final String STRIMZI = "strimzi";
    private static final Pattern KUBERNETES_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    /** Of a label, which has the name of the cluster. */
    private static final int MAX_NAME = 63;

    private static final String NO_BROKER = "broker:9092";

    private final Console console;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "kafka-acls",
            description = "kafka-acls: commands for a shell. strimzi: KafkaUser resources (default: ${DEFAULT-VALUE}).")
    private String format = "kafka-acls";

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            defaultValue = "kafka",
            description = "Name of Strimzi's Kafka resource (default: ${DEFAULT-VALUE}).")
    private String cluster = "kafka";

    @Option(
            names = "--authentication",
            paramLabel = "TYPE",
            defaultValue = "scram-sha-512",
            description = "Of Strimzi's users: scram-sha-512, tls or tls-external (default: ${DEFAULT-VALUE}).")
    private String authentication = "scram-sha-512";

    @Option(names = "--json", description = "Print one JSON object per service.")
    private boolean json;

    @Mixin
    private final ServiceUsers users = new ServiceUsers();

    @Mixin
    private final Target target = new Target();

    AclsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Options.requireKnown("--format", format, List.of("kafka-acls", STRIMZI));
        Options.requireKnown("--authentication", authentication, List.of("scram-sha-512", "tls", "tls-external"));
        if (json && format.equals(STRIMZI)) {
            throw new InputException("afterlearner: --json and --format strimzi exclude each other; give one of them");
        }
        if (format.equals(STRIMZI)) {
            requireName("--cluster", cluster);
        }
        KafkaSettings kafka = target.kafka();
        String broker = kafka.hasBootstrapServers() ? kafka.bootstrapServers() : NO_BROKER;
        for (ServiceUser user : users.of(target.pools())) {
            if (format.equals(STRIMZI)) {
                requireName("--principal " + user.name(), user.principal());
            }
            console.out().println(text(user, broker));
        }
        return ExitCode.OK;
    }

    private String text(ServiceUser user, String broker) {
        if (json) {
            return Json.line(fields(user));
        }
        return format.equals(STRIMZI)
                ? AclFormat.strimzi(user, cluster, authentication)
                : "# " + user.name() + "\n" + AclFormat.kafkaAcls(user, broker, target.config());
    }

    /** Kubernetes refuses other names, of which it would say so only when the output is applied. */
    private static void requireName(String option, String name) {
        if (name.length() > MAX_NAME || !KUBERNETES_NAME.matcher(name).matches()) {
            throw new InputException(
                    "afterlearner: " + option + " " + name + " is no name in Kubernetes",
                    "give at most " + MAX_NAME
                            + " lower-case letters, digits, - and ., the first and the last no - or .");
        }
    }

    private static Map<String, Object> fields(ServiceUser user) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("service", user.name());
        fields.put("principal", "User:" + user.principal());
        fields.put("rights", user.rights().stream().map(AclsCommand::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Right right) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operation", right.operation().name());
        fields.put("resourceType", right.type().name());
        fields.put("resource", right.resource());
        fields.put("patternType", right.prefixed() ? "PREFIXED" : "LITERAL");
        return fields;
    }
}
