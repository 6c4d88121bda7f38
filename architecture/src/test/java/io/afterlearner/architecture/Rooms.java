package io.afterlearner.architecture;

import static io.afterlearner.architecture.Room.Floor.FIRST;
import static io.afterlearner.architecture.Room.Floor.GROUND;
import static io.afterlearner.architecture.Room.Floor.SERVICE;
import static io.afterlearner.architecture.Room.Floor.TOP;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The one list of modules and of who may import whom. ARCHITECTURE.md shows the same table. */
final class Rooms {
    static final List<Room> ALL = List.of(
            room("schemas", GROUND, "schemas"),
            room("asktell", GROUND, "asktell"),
            room("aleph", GROUND, "aleph"),
            room("kafka", FIRST, "kafka", "schemas"),
            room("embedded-kafka", FIRST, "embedded"),
            room("http", FIRST, "http", "schemas", "kafka"),
            room("client", FIRST, "client", "schemas", "kafka"),
            room("space", FIRST, "space", "schemas", "asktell"),
            room("evaluation", FIRST, "evaluation", "schemas", "aleph"),
            room("study", FIRST, "study", "schemas", "asktell", "aleph", "space", "evaluation"),
            room("report", FIRST, "report", "schemas", "aleph", "space", "evaluation", "study"),
            room("optimizer-service", SERVICE, "optimizer", "schemas", "asktell", "space", "kafka", "http"),
            room("evaluator-service", SERVICE, "evaluator", "schemas", "aleph", "kafka", "evaluation"),
            room("feedback-service", SERVICE, "feedback", "schemas", "kafka", "http", "client"),
            room("benchmarks", TOP, "benchmarks", "schemas", "asktell", "aleph", "kafka", "client"),
            room(
                    "local",
                    TOP,
                    "local",
                    "schemas",
                    "asktell",
                    "aleph",
                    "kafka",
                    "embedded-kafka",
                    "http",
                    "space",
                    "evaluation",
                    "study",
                    "report",
                    "benchmarks"),
            room("demo", TOP, "demo", "schemas", "asktell", "aleph", "kafka", "client", "study", "report", "local"));

    /** Inside a room. In a service: core is pure, shell is Kafka and threads, api is REST and pages. */
    static final List<Layers> LAYERS = List.of(
            new Layers(
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
            new Layers("io.afterlearner.optimizer", List.of("core", "shell", "api")),
            new Layers("io.afterlearner.evaluator", List.of("core", "scoring", "shell", "api")),
            new Layers("io.afterlearner.feedback", List.of("core", "shell", "api")),
            new Layers(
                    "io.afterlearner.local",
                    List.of(
                            "stack",
                            "cli.console",
                            "cli.session",
                            "cli.serving",
                            "cli.study",
                            "cli.retrofit",
                            "cli.server",
                            "cli.bench",
                            "cli")));

    private Rooms() {}

    private static Room room(String folder, Room.Floor floor, String name, String... sees) {
        return new Room(folder, floor, "io.afterlearner." + name, List.of(sees));
    }

    static Optional<Room> of(String className) {
        return ALL.stream().filter(room -> room.holds(className)).findFirst();
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
