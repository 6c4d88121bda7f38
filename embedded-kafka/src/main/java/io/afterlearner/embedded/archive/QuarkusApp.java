package io.afterlearner.embedded.archive;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A built service, run by Java's own class loader. ({@code quarkus-run.jar} has a class loader of its own, whose classes cannot
 * come from a class archive.)
 *
 * @param classPath its jars, in the order in which Quarkus looks for a class
 */
public record QuarkusApp(List<Path> classPath) {
    /** The main class that {@code quarkus-run.jar} starts. */
    public static final String MAIN = "io.quarkus.runner.GeneratedMain";

    /**
     * @param module folder of the service's module
     * @throws IOException if it is not built
     */
    public static QuarkusApp of(Path module) throws IOException {
        Path app = module.resolve("target/quarkus-app");
        List<Path> jars = new ArrayList<>();
        jars.add(app.resolve("quarkus/generated-bytecode.jar"));
        jars.add(app.resolve("quarkus/transformed-bytecode.jar"));
        for (String folder : List.of("app", "lib/main", "lib/boot")) {
            jars.addAll(jars(app.resolve(folder)));
        }
        return new QuarkusApp(jars.stream().filter(Files::exists).toList());
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The JVM options: the class path, and what {@code quarkus-run.jar} has in its manifest or sets itself.
     *
     * @param more last entries of the class path
     */
    public List<String> options(Path... more) {
        return List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                Stream.concat(classPath.stream(), Stream.of(more))
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
    }
}
