package io.afterlearner.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.local.cli.Main;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.schemas.cluster.TopicCatalogue;
import io.afterlearner.schemas.cluster.TopicSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Files that are made from the code are what the code makes. Run with {@code -Dk8s.update=true} to write them. */
class GeneratedFilesTest {
    private static final int PARTITIONS = 4;
    private static final int COLUMNS = 80;
    private static final long MAX_CONFIG_MAP_BYTES = 1_000_000;

    private static void compare(Path file, String source, String text) throws IOException {
        String whole = "# Made from " + source
                + " by GeneratedFilesTest; do not edit. -Dk8s.update=true writes it again.\n" + text;
        if (Boolean.getBoolean("k8s.update")) {
            Files.writeString(file, whole);
        }
        assertEquals(Files.readString(file), whole, file + " is out of date; -Dk8s.update=true writes it again");
    }

    @Test
    void topicsAreThoseOfTheCatalogue() throws IOException {
        String text = TopicCatalogue.all(List.of("default")).stream()
                .map(GeneratedFilesTest::topic)
                .collect(Collectors.joining("---\n"));
        compare(Path.of("kafka/topics.yaml"), "TopicCatalogue", text);
    }

    private static String topic(TopicSpec topic) {
        return "apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata:\n  name: " + topic.name()
                + "\n  labels:\n    strimzi.io/cluster: afterlearner\nspec:\n  partitions: "
                + topic.partitions().count(PARTITIONS) + "\n  config:\n"
                + topic.configs().entrySet().stream()
                        .map(entry -> "    " + entry.getKey() + ": " + entry.getValue() + "\n")
                        .collect(Collectors.joining());
    }

    @Test
    void usersHaveTheRightsThatTheCommandLinePrints() throws IOException {
        compare(
                Path.of("kafka/users.yaml"),
                "ServiceRights",
                acls(
                        "--cluster",
                        "afterlearner",
                        "--principal",
                        "operator=afterlearner-cli",
                        "--principal",
                        "evaluator-default=afterlearner-evaluator"));
    }

    private static String acls(String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), false, false, COLUMNS);
        List<String> arguments = new ArrayList<>(List.of("topics", "acls", "--format", "strimzi"));
        arguments.addAll(List.of(options));
        assertEquals(0, Main.run(console, arguments.toArray(String[]::new)), err.toString());
        console.out().flush();
        return out.toString().replace("\r", "");
    }

    @Test
    void theExampleIsThatOfTheRepository() throws IOException {
        String keys = Files.readAllLines(Path.of("../examples/digits/study.yaml")).stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith("name:"))
                .map(line -> "  " + line + "\n")
                .collect(Collectors.joining())
                .replaceAll("uri: (\\w+\\.onnx)", "uri: file:///examples/$1")
                // A Study has a mapping wherever study.yaml may have a mapping or a path.
                .replaceAll("(\\w+\\.npz)", "{uri: file:///examples/$1}");
        compare(
                Path.of("examples/digits.yaml"),
                "examples/digits/study.yaml",
                "apiVersion: afterlearner.io/v1alpha1\nkind: Study\nmetadata:\n  name: digits\n  namespace: afterlearner\nspec:\n"
                        + keys);
    }

    @Test
    void theFilesOfTheExampleFitIntoAConfigMap() throws IOException {
        long bytes = 0;
        for (String file : List.of("digits.onnx", "search.npz", "test.npz")) {
            bytes += Files.size(Path.of("../examples/digits", file));
        }
        assertTrue(bytes < MAX_CONFIG_MAP_BYTES, bytes + " bytes");
    }

    @Test
    void alertsAreThoseOfObservability() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../observability/prometheus/alerts.yaml"));
        String rules = lines.stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.isEmpty() ? line : "  " + line)
                .collect(Collectors.joining("\n"));
        compare(
                Path.of("components/monitoring/alerts.yaml"),
                "observability/prometheus/alerts.yaml",
                "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: afterlearner\nspec:\n"
                        + rules + "\n");
    }
}
