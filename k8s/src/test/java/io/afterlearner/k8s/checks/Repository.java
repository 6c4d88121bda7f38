package io.afterlearner.k8s.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** What the checks know of the repository, read from the module's folder. */
final class Repository {
    private static final Pattern SETTING = Pattern.compile("(?m)^#? ?((?:afterlearner|quarkus)\\.[a-z0-9.-]+)=");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `((?:afterlearner|quarkus)\\.[a-z0-9.-]+)`");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^([A-Z][A-Z0-9_]+)=");
    private static final Pattern VERSION = Pattern.compile("<artifactId>afterlearner</artifactId>\\s*<version>(.*?)<");
    private static final Pattern FIELD = Pattern.compile("(?:String|long|double|Long) ([a-zA-Z]+)[,)]");

    /** Read by the JVM, the C library and Quarkus itself. docs/security.md describes the last. */
    private static final List<String> OF_ALL =
            List.of("JAVA_TOOL_OPTIONS", "MALLOC_MMAP_THRESHOLD_", "QUARKUS_HTTP_HOST", "QUARKUS_HTTP_SSL_PORT");

    private Repository() {}

    static String text(String path) {
        try {
            return Files.readString(Path.of("..").resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The variables that set something in each component. */
    static Map<String, Set<String>> variables() {
        Map<String, Set<String>> variables = new HashMap<>();
        for (String component : List.of("optimizer", "evaluator", "feedback")) {
            variables.put(component, variables(component + "-service"));
        }
        variables.put("operator", variables("operator"));
        variables.put("topics", cli());
        variables.put("export", cli());
        return variables;
    }

    /** Those that the command line reads. */
    private static Set<String> cli() {
        return Stream.concat(
                        kafka(),
                        Stream.of(
                                "AFTERLEARNER_CA_FILE",
                                "AFTERLEARNER_HOME",
                                "AFTERLEARNER_KEY_FILE",
                                "AFTERLEARNER_OPTIMIZER",
                                "JAVA_TOOL_OPTIONS"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> variables(String module) {
        String properties = text(module + "/src/main/resources/application.properties");
        return Stream.of(
                        groups(SETTING, properties).map(Repository::variable),
                        groups(VARIABLE, properties),
                        groups(DOCUMENTED, text(module + "/README.md")).map(Repository::variable),
                        groups(DOCUMENTED, text("docs/security.md")).map(Repository::variable),
                        groups(EXAMPLE, text("docs/security.md")),
                        kafka(),
                        OF_ALL.stream())
                .flatMap(found -> found)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> kafka() {
        return AdminClientConfig.configNames().stream().map(name -> variable("kafka." + name));
    }

    private static String variable(String property) {
        return property.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Stream<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }

    static String version() {
        return groups(VERSION, text("pom.xml")).findFirst().orElseThrow();
    }

    /** Fields of the answer of {@code GET /v1/pools/POOL}. */
    static Set<String> poolFields() {
        String source = text("optimizer-service/src/main/java/io/afterlearner/optimizer/api/PoolJson.java");
        String header =
                source.substring(source.indexOf("record PoolJson("), source.indexOf("double oldestSeconds") + 21);
        return groups(FIELD, Arrays.stream(header.split("\n", -1)).collect(Collectors.joining("\n")))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
