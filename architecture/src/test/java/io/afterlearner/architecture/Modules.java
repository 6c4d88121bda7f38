package io.afterlearner.architecture;

import static io.afterlearner.architecture.MavenModule.Layer.APPLICATION;
import static io.afterlearner.architecture.MavenModule.Layer.BASE;
import static io.afterlearner.architecture.MavenModule.Layer.LIBRARY;
import static io.afterlearner.architecture.MavenModule.Layer.SERVICE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The one list of modules and of who may import whom. ARCHITECTURE.md shows the same table. */
final class Modules {
    static final List<MavenModule> ALL = List.of(
            module("schemas", BASE, "schemas"),
            module("asktell", BASE, "asktell"),
            module("aleph", BASE, "aleph"),
            module("kafka", LIBRARY, "kafka", "schemas"),
            module("embedded-kafka", LIBRARY, "embedded"),
            module("observability", LIBRARY, "observability"),
            module("access", LIBRARY, "access"),
            module("http", LIBRARY, "http", "schemas", "kafka", "access"),
            module("client", LIBRARY, "client", "schemas", "kafka"),
            module("openfeature", LIBRARY, "openfeature", "schemas", "client"),
            module("space", LIBRARY, "space", "schemas", "asktell"),
            module("evaluation", LIBRARY, "evaluation", "schemas", "aleph"),
            module("study", LIBRARY, "study", "schemas", "asktell", "aleph", "space", "evaluation"),
            module("report", LIBRARY, "report", "schemas", "aleph", "space", "evaluation", "study"),
            module(
                    "optimizer-service",
                    SERVICE,
                    "optimizer",
                    "schemas",
                    "asktell",
                    "space",
                    "kafka",
                    "observability",
                    "access",
                    "http"),
            module(
                    "evaluator-service",
                    SERVICE,
                    "evaluator",
                    "schemas",
                    "aleph",
                    "kafka",
                    "observability",
                    "access",
                    "evaluation"),
            module(
                            "feedback-service",
                            SERVICE,
                            "feedback",
                            "schemas",
                            "kafka",
                            "observability",
                            "access",
                            "http",
                            "client")
                    // What decides in the service foretells in `online plan`; `up` checks the file of webhooks that the
                    // service will read.
                    .opening("core", "shell.JudgingPlans", "shell.notify.Receivers"),
            module("operator", SERVICE, "operator", "schemas", "aleph", "evaluation", "study", "access"),
            module("benchmarks", APPLICATION, "benchmarks", "schemas", "asktell", "aleph", "kafka", "client"),
            module(
                    "local",
                    APPLICATION,
                    "local",
                    "schemas",
                    "asktell",
                    "aleph",
                    "kafka",
                    "embedded-kafka",
                    "access",
                    "client",
                    "space",
                    "evaluation",
                    "study",
                    "report",
                    "feedback-service",
                    "benchmarks"),
            module(
                    "demo",
                    APPLICATION,
                    "demo",
                    "schemas",
                    "asktell",
                    "aleph",
                    "kafka",
                    "client",
                    "study",
                    "report",
                    "local"));

    /** Inside a module. In a service: core is pure, shell is Kafka and threads, api is REST and pages. */
    static final List<PackageLayers> LAYERS = List.of(
            new PackageLayers(
                    "io.afterlearner.asktell",
                    List.of(
                            "math",
                            "code",
                            "coordinates",
                            "search",
                            "ledger",
                            "pareto",
                            "preference",
                            "design",
                            "mutation",
                            "population",
                            "strategy",
                            "quadratic",
                            "process",
                            "catalogue")),
            new PackageLayers("io.afterlearner.optimizer", List.of("core", "shell", "api")),
            new PackageLayers("io.afterlearner.evaluator", List.of("core", "scoring", "shell", "api")),
            new PackageLayers("io.afterlearner.feedback", List.of("core", "shell", "api")),
            new PackageLayers(
                    "io.afterlearner.operator", List.of("resource", "optimizer", "resolve", "reconcile", "process")),
            new PackageLayers(
                    "io.afterlearner.local",
                    List.of(
                            "access",
                            "stack",
                            "cli.console",
                            "cli.session",
                            "cli.serving",
                            "cli.online",
                            "cli.study",
                            "cli.retrofit",
                            "cli.server",
                            "cli.bench",
                            "cli")));

    private Modules() {}

    private static MavenModule module(String folder, MavenModule.Layer layer, String name, String... sees) {
        return new MavenModule(folder, layer, "io.afterlearner." + name, List.of(sees), List.of());
    }

    static Optional<MavenModule> of(String className) {
        return ALL.stream().filter(module -> module.holds(className)).findFirst();
    }

    /** The repository's root, wherever the test was started. */
    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        return Stream.iterate(folder, Path::getParent)
                .takeWhile(path -> path != null)
                .filter(path -> Files.exists(path.resolve("mvnw")))
                .findFirst()
                .orElseThrow();
    }
}
