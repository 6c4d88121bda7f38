package io.afterlearner.local.rights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.SecuredBroker;
import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.cluster.ClusterCheck;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.ClusterState;
import io.afterlearner.kafka.cluster.Finding;
import io.afterlearner.kafka.cluster.Layout;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.TopicReader;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.schemas.cluster.ServiceRights;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command line does as an operator and as an administrator, with each of their rights removed once. */
@Timeout(300)
class CommandRightsIT {
    private static final String STUDY = "shop";
    private static final Layout LAYOUT = Layout.of(1, (short) 1);

    /** What a command does on Kafka. */
    private interface Work {
        void run() throws Exception;
    }

    @TempDir
    static Path folder;

    private static SecuredBroker broker;
    private static StudySpec study;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start(folder, "operator", "admin");
        ClusterSetup.create(broker.admin(), LAYOUT, List.of("default"));
        TinyStudy.write(folder);
        Path file = Files.writeString(folder.resolve("online.yaml"), TinyStudy.ONLINE);
        StudySpec resolved = new Resolver(StudyFile.read(file.toString(), file, folder.resolve("downloads"))).spec();
        study = StudySpec.newBuilder(resolved).setStudy(STUDY).build();
        ArmValues shipped = new ArmValues(0L, List.of(0.0, 0.0), 0L);
        Arms arms = Arms.newBuilder()
                .setStudy(STUDY)
                .setRevision(1)
                .setAtMillis(1)
                .setBy("test")
                .setReason("begun")
                .setState(ArmsState.EXPLORING)
                .setControlShare(0.1)
                .setExploreShare(0.2)
                .setWindowMillis(1_000)
                .setSliceMillis(0)
                .setSalt("salt")
                .setControl(shipped)
                .setChampion(shipped)
                .setSlots(List.of())
                .setIncarnation(study.getIncarnation())
                .build();
        Map<String, String> all = broker.client("broker");
        try (var producer = KafkaSettings.of(all).newProducer(Map.of())) {
            producer.send(new ProducerRecord<>(
                            Topics.STUDIES, STUDY, Codec.of(StudySpec.class).encode(study)))
                    .get();
            producer.send(new ProducerRecord<>(
                            Topics.ARMS, STUDY, Codec.of(Arms.class).encode(arms)))
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static KafkaSettings as(String user) {
        Map<String, String> client = new HashMap<>(broker.client(user));
        return KafkaSettings.of(client);
    }

    private static void operate() throws InterruptedException {
        TopicReader topics = new TopicReader(as("operator"));
        assertEquals(Set.of(STUDY), topics.studies().keySet());
        topics.incumbents();
        topics.trials(STUDY);
        topics.verdict(study, 0);
        topics.audit(STUDY);
        assertTrue(topics.arms(STUDY).isPresent());
        Home home = Home.of(folder.resolve("home"));
        try (Session session = Session.openForReading(home, as("operator"))) {
            session.reverting().revert(STUDY, "a test");
        }
    }

    /** Creates a pool's topics, spoils one, and corrects it. */
    private static void administer() throws Exception {
        String pool = "pool" + System.nanoTime();
        List<String> pools = List.of(pool);
        try (Admin admin = as("admin").newAdmin()) {
            ClusterSetup.create(admin, LAYOUT, pools);
            ClusterState state = ClusterState.read(admin, pools);
            // Kafka hides topics from whoever may not describe them: the check then says that they do not exist.
            List<Finding> findings = ClusterCheck.findings(state);
            if (!findings.isEmpty()) {
                throw new KafkaException("it is missing: " + findings.get(0));
            }
            spoil(Topics.candidates(pool));
            assertEquals(
                    1,
                    ClusterSetup.fix(admin, LAYOUT, ClusterState.read(admin, pools))
                            .size());
        } finally {
            // Some were never created.
            var unused = broker.admin()
                    .deleteTopics(List.of(Topics.candidates(pool), Topics.verdictRequests(pool)))
                    .all();
        }
    }

    private static void spoil(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var entry = new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "1000");
        var change = new AlterConfigOp(entry, AlterConfigOp.OpType.SET);
        broker.admin()
                .incrementalAlterConfigs(Map.of(resource, List.of(change)))
                .all()
                .get();
    }

    private static void change(boolean grant, String user, Right right) throws Exception {
        PatternType pattern = right.prefixed() ? PatternType.PREFIXED : PatternType.LITERAL;
        if (grant) {
            broker.grant(user, right.operation(), right.type(), right.resource(), pattern);
        } else {
            broker.revoke(user, right.operation(), right.type(), right.resource(), pattern);
        }
    }

    /** A broker learns of it a moment after the controller. */
    private static Exception refusal(Work work, String right) throws InterruptedException {
        for (int tries = 0; tries < 20; tries++) {
            try {
                work.run();
            } catch (Exception e) {
                return e;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("works without " + right);
    }

    private static void without(String user, Set<Right> removed, Work work) throws Exception {
        for (Right right : removed) {
            change(false, user, right);
        }
        String said = KafkaReason.of(refusal(work, removed.toString()));
        System.out.println(user + " without " + removed + ": " + said);
        assertTrue(
                said.toLowerCase(Locale.ROOT).contains("authoriz") || said.contains("is missing"),
                removed + ": " + said);
        String resource = removed.iterator().next().resource();
        assertTrue(said.contains(resource) || said.contains("topics cannot be"), removed + ": " + said);
        for (Right right : removed) {
            change(true, user, right);
        }
    }

    /** @param implied rights that Kafka gives to whoever has another one: they are removed with that one */
    private static void eachOnce(String user, List<Right> rights, Map<Right, Right> implied, Work work)
            throws Exception {
        Set<Right> all = new HashSet<>(rights);
        for (Right right : all) {
            change(true, user, right);
        }
        work.run();
        for (Right right : all) {
            without(user, implied.containsKey(right) ? Set.of(right, implied.get(right)) : Set.of(right), work);
        }
        work.run();
    }

    /** The client library reads the limit of the topic's records. Nothing that an operator does here asks for it. */
    @Test
    void anOperatorWithoutARightIsToldWhatIsDenied() throws Exception {
        Right limits = Right.literal(AclOperation.DESCRIBE_CONFIGS, ResourceType.TOPIC, Topics.ARMS);
        List<Right> rights = ServiceRights.operator().stream()
                .filter(right -> !right.equals(limits))
                .toList();
        eachOnce("operator", rights, Map.of(), CommandRightsIT::operate);
    }

    @Test
    void anAdministratorWithoutARightIsToldWhatIsDenied() throws Exception {
        Map<Right, Right> implied = Map.of(
                onTopics(AclOperation.DESCRIBE), onTopics(AclOperation.ALTER),
                onTopics(AclOperation.ALTER), onTopics(AclOperation.DESCRIBE),
                onTopics(AclOperation.DESCRIBE_CONFIGS), onTopics(AclOperation.ALTER_CONFIGS),
                onGroups(AclOperation.DESCRIBE_CONFIGS), onGroups(AclOperation.ALTER_CONFIGS));
        eachOnce("admin", ServiceRights.administrator(), implied, CommandRightsIT::administer);
    }

    private static Right onTopics(AclOperation operation) {
        return Right.prefixed(operation, ResourceType.TOPIC, Topics.PREFIX);
    }

    private static Right onGroups(AclOperation operation) {
        return Right.prefixed(operation, ResourceType.GROUP, Topics.PREFIX);
    }
}
