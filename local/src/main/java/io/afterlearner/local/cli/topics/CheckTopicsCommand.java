package io.afterlearner.local.cli.topics;

import io.afterlearner.kafka.cluster.ClusterCheck;
import io.afterlearner.kafka.cluster.ClusterState;
import io.afterlearner.kafka.cluster.Finding;
import io.afterlearner.kafka.cluster.GroupState;
import io.afterlearner.kafka.cluster.TopicState;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Table;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics check}. */
@Command(
        name = "check",
        description = "Compares topics and share groups with what AfterLearner needs. Exits 1 if something is wrong;"
                + " warnings are printed too.",
        footer = {"", "Example:", "  ./afterlearner topics check --kafka-config admin.properties --pool gpu"})
final class CheckTopicsCommand implements Callable<Integer> {
    private static final String NONE = "-";

    private final Console console;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final Target target = new Target();

    CheckTopicsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> pools = target.pools();
        ClusterState cluster = target.on(admin -> ClusterState.read(admin, pools));
        List<Finding> findings = ClusterCheck.findings(cluster);
        if (json) {
            console.out().println(Json.line(fields(cluster, findings)));
        } else {
            console.out().print(table(cluster, findings));
            console.out().flush();
            findings.forEach(finding -> console.note((finding.isWrong() ? "wrong: " : "warning: ") + finding));
        }
        return findings.stream().anyMatch(Finding::isWrong) ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private static Table table(ClusterState cluster, List<Finding> findings) {
        Table table = new Table("topic or share group", "partitions", "retention", "cleanup", "replicas", "state");
        for (TopicState topic : cluster.topics()) {
            String name = topic.spec().name();
            if (topic.isMissing()) {
                table.row(name, NONE, NONE, NONE, NONE, state(name, findings));
            } else {
                table.row(
                        name,
                        topic.partitions(),
                        retention(topic),
                        topic.cleanupPolicy(),
                        topic.replication(),
                        state(name, findings));
            }
        }
        for (GroupState group : cluster.groups()) {
            table.row(
                    group.group().name(),
                    NONE,
                    NONE,
                    NONE,
                    NONE,
                    state(group.group().name(), findings));
        }
        return table;
    }

    private static String state(String subject, List<Finding> findings) {
        List<Finding> own = findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .toList();
        return own.stream().anyMatch(Finding::isWrong) ? "wrong" : own.isEmpty() ? "ok" : "warning";
    }

    private static String retention(TopicState topic) {
        long millis = topic.keptMillis();
        if (millis < 0) {
            return "forever";
        }
        Duration time = Duration.ofMillis(millis);
        return time.toDays() > 0 ? time.toDays() + " d" : time.toHours() > 0 ? time.toHours() + " h" : millis + " ms";
    }

    private static Map<String, Object> fields(ClusterState cluster, List<Finding> findings) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("brokers", cluster.brokers());
        fields.put(
                "topics",
                cluster.topics().stream().map(CheckTopicsCommand::fields).toList());
        fields.put(
                "shareGroups",
                cluster.groups().stream().map(CheckTopicsCommand::fields).toList());
        fields.put("findings", findings);
        return fields;
    }

    private static Map<String, Object> fields(TopicState topic) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", topic.spec().name());
        fields.put("exists", !topic.isMissing());
        fields.put("key", topic.spec().key());
        fields.put("partitions", topic.partitions());
        fields.put("replication", topic.replication());
        fields.put("cleanupPolicy", topic.cleanupPolicy());
        fields.put("retentionMillis", topic.keptMillis());
        return fields;
    }

    private static Map<String, Object> fields(GroupState group) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("group", group.group().name());
        fields.put("configuration", group.values());
        fields.put("unknown", group.unknown());
        return fields;
    }
}
