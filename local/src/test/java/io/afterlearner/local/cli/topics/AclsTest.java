package io.afterlearner.local.cli.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.schemas.cluster.ServiceRights;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AclsTest {
    private static final Pattern ACL =
            Pattern.compile("      - resource:\n          type: (\\w+)\n          name: (\\S+)\n"
                    + "          patternType: (\\w+)\n        operations: \\[(.*)]");

    private static String acls(int exit, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), false, false, 80);
        CommandLine line = new CommandLine(new AclsCommand(console));
        line.setErr(new PrintWriter(err));
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            err.write(String.valueOf(e.getMessage()));
            return 2;
        });
        String home = System.getProperty("java.io.tmpdir") + "/afterlearner-acls-test";
        assertEquals(
                exit,
                line.execute(Stream.concat(Stream.of(options), Stream.of("--home", home))
                        .toArray(String[]::new)),
                err.toString());
        return out + err.toString();
    }

    /** All rights that kafka-acls would grant to a principal. */
    private static List<Right> granted(String printed, String principal) {
        return printed.lines()
                .filter(command -> command.contains(" --allow-principal " + principal + " "))
                .flatMap(command -> {
                    List<String> words = List.of(command.split(" "));
                    return Stream.of("topic", "group", "transactional-id")
                            .filter(type -> words.contains("--" + type))
                            .flatMap(type -> operations(words)
                                    .map(operation -> new Right(
                                            operation,
                                            ResourceType.fromString(
                                                    type.replace('-', '_').toUpperCase(Locale.ROOT)),
                                            words.get(words.indexOf("--" + type) + 1),
                                            words.contains("prefixed"))));
                })
                .sorted()
                .toList();
    }

    private static Stream<AclOperation> operations(List<String> words) {
        return Stream.iterate(0, i -> i < words.size(), i -> i + 1)
                .filter(i -> words.get(i).equals("--operation"))
                .map(i -> SecurityUtils.operation(words.get(i + 1)));
    }

    private static List<Right> sorted(List<Right> some, List<Right> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().sorted().toList();
    }

    @Test
    void theCommandsGrantExactlyTheRightsOfEachService() {
        String printed = acls(0, "--pool", "gpu", "--pool", "cpu", "--telemetry", "web.orders");
        assertEquals(
                sorted(ServiceRights.optimizer(), ServiceRights.poolLag()),
                granted(printed, "User:afterlearner-optimizer"));
        assertEquals(
                sorted(ServiceRights.evaluator("gpu"), List.of()), granted(printed, "User:afterlearner-evaluator-gpu"));
        assertEquals(
                sorted(ServiceRights.evaluator("cpu"), List.of()), granted(printed, "User:afterlearner-evaluator-cpu"));
        assertEquals(
                sorted(ServiceRights.feedback(), ServiceRights.telemetry(List.of("web.orders"))),
                granted(printed, "User:afterlearner-feedback"));
        assertEquals(sorted(ServiceRights.application(), List.of()), granted(printed, "User:afterlearner-application"));
        assertEquals(sorted(ServiceRights.operator(), List.of()), granted(printed, "User:afterlearner-operator"));
        assertEquals(sorted(ServiceRights.export(), List.of()), granted(printed, "User:afterlearner-export"));
        assertEquals(sorted(ServiceRights.administrator(), List.of()), granted(printed, "User:afterlearner-admin"));
    }

    @Test
    void strimziUsersHaveTheSameRights() {
        String printed = acls(0, "--service", "evaluator", "--format", "strimzi", "--cluster", "prod", "--pool", "gpu");
        assertTrue(printed.contains("\n  name: afterlearner-evaluator-gpu\n"), printed);
        assertTrue(printed.contains("\n    strimzi.io/cluster: prod\n"), printed);
        List<Right> rights = ACL.matcher(printed)
                .results()
                .flatMap(acl -> Stream.of(acl.group(4).split(", "))
                        .map(operation -> new Right(
                                SecurityUtils.operation(operation),
                                ResourceType.fromString(acl.group(1).toUpperCase(Locale.ROOT)),
                                acl.group(2),
                                acl.group(3).equals("prefix"))))
                .sorted()
                .toList();
        assertEquals(sorted(ServiceRights.evaluator("gpu"), List.of()), rights);
    }

    @Test
    void aPrincipalIsQuotedForTheShell() {
        String printed = acls(0, "--service", "optimizer", "--principal", "optimizer=CN=it's one,O=example");
        assertTrue(printed.contains(" --allow-principal 'User:CN=it'\\''s one,O=example' "), printed);
    }

    @Test
    void theFileThatWasGivenIsTheOneOfTheCommands(@TempDir Path folder) throws Exception {
        assertTrue(acls(0, "--service", "optimizer").contains(" --command-config admin.properties "));
        Path file = Files.writeString(folder.resolve("my admin"), "bootstrap.servers=127.0.0.1:9\n");
        String printed = acls(0, "--service", "optimizer", "--kafka-config", file.toString());
        assertTrue(printed.contains(" --command-config '" + file + "' "), printed);
        assertTrue(printed.contains(" --bootstrap-server 127.0.0.1:9 "), printed);
    }

    @Test
    void aNameThatKubernetesOrKafkaRefusesIsRefused() {
        String cluster = acls(2, "--format", "strimzi", "--cluster", "a b");
        assertTrue(cluster.contains("--cluster a b is no name in Kubernetes; give"), cluster);
        String principal = acls(2, "--format", "strimzi", "--service", "admin", "--principal", "admin=CN=x");
        assertTrue(principal.contains("--principal admin CN=x is no name in Kubernetes"), principal);
        assertTrue(acls(2, "--telemetry", "web clicks").contains("--telemetry web clicks is no name of a topic"));
    }

    @Test
    void aServiceThatIsNotPrintedCannotBeNamed() {
        String refused = acls(2, "--service", "optimizer", "--principal", "evaluator=x");
        assertTrue(refused.contains("--principal evaluator: unknown; use optimizer"), refused);
        assertTrue(acls(2, "--pool", "online").contains("reserved for online studies"));
        assertTrue(acls(2, "--service", "broker").contains("--service broker: unknown; use optimizer, evaluator"));
    }

    @Test
    void anEvaluatorOfAConsumerGroupGetsThatGroup() {
        String printed = acls(0, "--service", "evaluator", "--mode", "group", "--json");
        assertTrue(printed.contains("\"afterlearner.evaluators.default.classic\""), printed);
        assertTrue(!printed.contains("\"" + Topics.PREFIX + "evaluators.default\""), printed);
    }
}
