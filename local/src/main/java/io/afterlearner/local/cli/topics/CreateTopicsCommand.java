package io.afterlearner.local.cli.topics;

import io.afterlearner.kafka.cluster.AskedLayout;
import io.afterlearner.kafka.cluster.ClusterCheck;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.ClusterState;
import io.afterlearner.kafka.cluster.Finding;
import io.afterlearner.kafka.cluster.Layout;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics create}. */
@Command(
        name = "create",
        description =
                "Creates missing topics and configures the share groups of evaluators. What exists is changed only with"
                        + " --fix.",
        footer = {
            "",
            "Example:",
            "  ./afterlearner topics create --kafka-config admin.properties --partitions 8 --replication 3 --min-isr 2"
        })
final class CreateTopicsCommand implements Callable<Integer> {
    private static final int DEFAULT_PARTITIONS = 4;
    private static final int MAX_PARTITIONS = 10_000;
    private static final int MAX_REPLICATION = 100;

    private final Console console;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of topics keyed by study or assignment (default: " + DEFAULT_PARTITIONS
                    + "). More allow more"
                    + " instances of the optimizer and the feedback service; they cannot be added later.")
    private @Nullable Integer partitions;

    @Option(
            names = "--replication",
            paramLabel = "N",
            description = "Replicas of each partition (default: the brokers' default.replication.factor).")
    private @Nullable Integer replication;

    @Option(
            names = "--min-isr",
            paramLabel = "N",
            description = "Replicas that must have a record before it counts as written (default: the brokers').")
    private @Nullable Integer minIsr;

    @Option(
            names = "--fix",
            description = "Also change what is wrong on existing topics and share groups: cleanup policy, size limit,"
                    + " retention, configuration of groups. Partitions and replicas are never changed.")
    private boolean fix;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final Target target = new Target();

    CreateTopicsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Layout layout = layout();
        List<String> pools = target.pools();
        List<String> done = new ArrayList<>();
        List<Finding> left = target.on(admin -> {
            ClusterState before = ClusterState.read(admin, pools);
            done.addAll(apply(admin, layout, before));
            List<Finding> findings = new ArrayList<>(new AskedLayout(partitions, replication, minIsr).unlike(before));
            findings.addAll(ClusterCheck.findings(ClusterState.read(admin, pools)));
            return findings;
        });
        print(done, left);
        return left.stream().anyMatch(Finding::isWrong) ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private List<String> apply(Admin admin, Layout layout, ClusterState before) throws InterruptedException {
        List<String> done = new ArrayList<>(ClusterSetup.create(admin, layout, before));
        if (fix) {
            done.addAll(ClusterSetup.fix(admin, layout, before));
        }
        return done;
    }

    private Layout layout() {
        int count = partitions == null ? DEFAULT_PARTITIONS : partitions;
        Options.requireWithin("--partitions", count, 1, MAX_PARTITIONS);
        if (replication != null) {
            Options.requireWithin("--replication", replication, 1, MAX_REPLICATION);
        }
        if (minIsr != null) {
            Options.requireWithin("--min-isr", minIsr, 1, replication == null ? MAX_REPLICATION : replication);
        }
        short replicas = replication == null ? Layout.BROKERS_DEFAULT : replication.shortValue();
        return new Layout(count, replicas, minIsr, null);
    }

    private void print(List<String> done, List<Finding> left) {
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("done", done);
            fields.put("findings", left);
            console.out().println(Json.line(fields));
            return;
        }
        done.forEach(console.out()::println);
        left.forEach(finding -> console.note((finding.isWrong() ? "wrong: " : "warning: ") + finding));
        if (done.isEmpty()) {
            console.note("nothing to create");
        }
    }
}
