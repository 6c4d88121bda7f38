package io.afterlearner.k8s.checks;

import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.observability.MetricTable;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.schemas.cluster.ServiceRights;
import io.afterlearner.schemas.cluster.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All checks. */
public final class Checks {
    private static final List<String> POOLS = List.of("default");

    private Checks() {}

    /** Those that need nothing but this repository. */
    public static List<Check> ofRepository() throws IOException {
        return List.of(
                new TypedModels(),
                new Labels(),
                new Probes(),
                new Selectors(),
                new NetworkPolicies(),
                new Reachability(),
                new Isolation(),
                new References(Repository.text("k8s/README.md")),
                new Idempotence(),
                new Images(Repository.version()),
                new PodRules(),
                new Shutdown(),
                new Sizes(),
                new Exports(),
                new Environment(Repository.variables()),
                new Scaling(Repository.poolFields()),
                new KafkaObjects(TopicCatalogue.all(POOLS), users()),
                new AlertRules(MetricTable.read()),
                new Definitions(Path.of("definitions")));
    }

    /**
     * Also those against the definitions of a folder, if {@code -Dk8s.definitions} or the variable {@code AFTERLEARNER_LAB_DEFINITIONS}
     * names one.
     */
    public static List<Check> all() throws IOException {
        List<Check> checks = new ArrayList<>(ofRepository());
        Optional<Path> folder = definitions();
        if (folder.isPresent()) {
            checks.add(new Definitions(folder.get()));
        }
        return checks;
    }

    /** The folder of definitions that other projects publish, if there is one. */
    public static Optional<Path> definitions() {
        return Stream.of(System.getProperty("k8s.definitions"), System.getenv("AFTERLEARNER_LAB_DEFINITIONS"))
                .filter(name -> name != null && !name.isBlank())
                .map(Path::of)
                .findFirst();
    }

    private static Map<String, List<Right>> users() {
        return Map.of(
                "afterlearner-optimizer",
                Stream.concat(ServiceRights.optimizer().stream(), ServiceRights.poolLag().stream())
                        .toList(),
                "afterlearner-evaluator",
                ServiceRights.evaluator("default"),
                "afterlearner-feedback",
                ServiceRights.feedback(),
                "afterlearner-application",
                ServiceRights.application(),
                "afterlearner-cli",
                ServiceRights.operator(),
                "afterlearner-export",
                ServiceRights.export(),
                "afterlearner-admin",
                ServiceRights.administrator());
    }
}
