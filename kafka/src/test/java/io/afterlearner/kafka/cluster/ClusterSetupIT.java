package io.afterlearner.kafka.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.ShareGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSetupIT {
    private static final Layout LAYOUT = Layout.of(2, (short) 1);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(folder, 0);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    private static void set(ConfigResource.Type type, String resource, String name, String value) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(type, resource),
                        List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        ConfigResource changed = new ConfigResource(type, resource);
        while (!value.equals(admin.describeConfigs(List.of(changed))
                .all()
                .get()
                .get(changed)
                .get(name)
                .value())) {
            Thread.sleep(10);
        }
    }

    private static List<Finding> findings(String pool) throws InterruptedException {
        return ClusterCheck.findings(ClusterState.read(admin, List.of(pool)));
    }

    @Test
    void whatIsCreatedIsRightAndOnlyAFixChangesIt() throws Exception {
        assertTrue(
                findings("cpu").stream().anyMatch(finding -> finding.problem().contains("does not exist")));
        ClusterSetup.create(admin, LAYOUT, List.of("cpu"));
        assertEquals(List.of(), findings("cpu"));
        assertEquals(List.of(), ClusterSetup.create(admin, LAYOUT, List.of("cpu")));

        ShareGroup group = ShareGroup.candidates("cpu");
        set(ConfigResource.Type.TOPIC, Topics.ARMS, "cleanup.policy", "delete");
        set(ConfigResource.Type.GROUP, group.name(), "share.isolation.level", "read_uncommitted");
        assertEquals(List.of(), ClusterSetup.create(admin, LAYOUT, List.of("cpu")));
        List<Finding> wrong = findings("cpu");
        assertEquals(
                List.of(Topics.ARMS, group.name()),
                wrong.stream().map(Finding::subject).toList());
        assertTrue(wrong.stream().allMatch(Finding::isWrong));

        ClusterState before = ClusterState.read(admin, List.of("cpu"));
        assertEquals(
                Set.of(
                        "set cleanup.policy=compact for topic " + Topics.ARMS,
                        "set share.isolation.level=read_committed for share group " + group.name()),
                Set.copyOf(ClusterSetup.fix(admin, LAYOUT, before)));
        assertEquals(List.of(), findings("cpu"));
    }

    @Test
    void theLockDurationOfANewGroupIsThatOfTheLayout() throws Exception {
        ClusterSetup.create(admin, LAYOUT.with(Duration.ofSeconds(7)), List.of("locked"));
        GroupState state =
                GroupState.read(admin, List.of(ShareGroup.verdicts("locked"))).get(0);
        assertEquals("7000", state.values().get(ShareGroup.LOCK_MILLIS));
    }

    @Test
    void aPoolOfAnOlderVersionGetsItsTopicOfVerdictRequests() {
        Set<String> existing = Set.of(Topics.candidates("gpu"), Topics.FITNESS, "afterlearner.candidates.NO", "other");
        assertEquals(Set.of("cpu", "gpu"), ClusterState.pools(Set.of("cpu"), existing));
    }
}
