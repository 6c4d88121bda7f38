package io.afterlearner.local.cli.topics;

import io.afterlearner.local.cli.console.Options;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.schemas.cluster.ServiceRights;
import io.afterlearner.study.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The users whose rights are printed, as options choose and name them. */
final class ServiceUsers {
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final String EVALUATOR = "evaluator";

    /** The services in the order in which they are printed. */
    private static final Set<String> SERVICES = new LinkedHashSet<>(
            List.of("optimizer", EVALUATOR, "feedback", "application", "operator", "export", "admin"));

    @Option(
            names = "--service",
            paramLabel = "SERVICE",
            description = "Print only this service: optimizer, evaluator, feedback, application (the client library),"
                    + " operator (the command line), export (study export alone) or admin (topics create and check)."
                    + " Repeat it for more.")
    private List<String> services = List.of();

    @Option(
            names = "--principal",
            paramLabel = "SERVICE=NAME",
            description = "User name of a service, such as optimizer=CN=optimizer. Evaluators of a pool are"
                    + " evaluator-POOL. Default: afterlearner-SERVICE.")
    private Map<String, String> principals = new TreeMap<>();

    @Option(
            names = "--telemetry",
            paramLabel = "TOPIC",
            description = "Topic of your own that online studies map (online.telemetry); repeat it for more.")
    private List<String> telemetry = List.of();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "share",
            description = "Evaluators' mode: share or group.")
    private String mode = "share";

    List<ServiceUser> of(List<String> pools) {
        services.forEach(service -> Options.requireKnown("--service", service, SERVICES));
        telemetry.forEach(ServiceUsers::requireTopic);
        Options.requireKnown("--mode", mode, List.of("share", "group"));
        Map<String, List<Right>> rights = new LinkedHashMap<>();
        SERVICES.stream()
                .filter(service -> services.isEmpty() || services.contains(service))
                .forEach(service -> rights.putAll(rights(service, pools)));
        for (String named : principals.keySet()) {
            Options.requireKnown("--principal", named, rights.keySet());
        }
        List<ServiceUser> users = new ArrayList<>();
        rights.forEach((service, all) -> users.add(new ServiceUser(service, principal(service), all)));
        return users;
    }

    private static void requireTopic(String topic) {
        if (!TOPIC.matcher(topic).matches()) {
            throw new InputException(
                    "afterlearner: --telemetry " + topic + " is no name of a topic",
                    "give 1 to 249 letters, digits and . _ -");
        }
    }

    private String principal(String service) {
        String name = principals.getOrDefault(service, "afterlearner-" + service);
        String plain = name.startsWith("User:") ? name.substring("User:".length()) : name;
        if (plain.isBlank() || plain.chars().anyMatch(Character::isISOControl)) {
            throw new InputException("afterlearner: --principal " + service
                    + "= has no usable name; give one without control characters");
        }
        return plain;
    }

    private Map<String, List<Right>> rights(String service, List<String> pools) {
        if (!service.equals(EVALUATOR)) {
            return Map.of(service, rights(service));
        }
        Map<String, List<Right>> byPool = new LinkedHashMap<>();
        pools.forEach(pool -> byPool.put(
                EVALUATOR + "-" + pool,
                mode.equals("share") ? ServiceRights.evaluator(pool) : ServiceRights.classicEvaluator(pool)));
        return byPool;
    }

    private List<Right> rights(String service) {
        return switch (service) {
            case "optimizer" -> concat(ServiceRights.optimizer(), ServiceRights.poolLag());
            case "feedback" -> concat(ServiceRights.feedback(), ServiceRights.telemetry(telemetry));
            case "application" -> ServiceRights.application();
            case "operator" -> ServiceRights.operator();
            case "export" -> ServiceRights.export();
            default -> ServiceRights.administrator();
        };
    }

    private static List<Right> concat(List<Right> some, List<Right> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
