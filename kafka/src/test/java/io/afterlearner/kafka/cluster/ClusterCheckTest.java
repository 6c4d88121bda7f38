package io.afterlearner.kafka.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.ShareGroup;
import io.afterlearner.schemas.cluster.TopicCatalogue;
import io.afterlearner.schemas.cluster.TopicSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterCheckTest {
    private static final List<GroupState> GROUPS = List.of(new GroupState(
            ShareGroup.candidates("gpu"), ShareGroup.REQUIRED, List.copyOf(ShareGroup.REQUIRED.keySet()), ""));

    private static TopicState topic(TopicSpec spec) {
        return new TopicState(spec, spec.partitions().count(4), 1, spec.configs());
    }

    /** A right cluster, except that one topic is changed. */
    private static ClusterState cluster(String changed, UnaryOperator<TopicState> change, int brokers) {
        List<TopicState> topics = TopicCatalogue.all(List.of("gpu")).stream()
                .map(ClusterCheckTest::topic)
                .map(topic -> topic.spec().name().equals(changed) ? change.apply(topic) : topic)
                .toList();
        return new ClusterState(topics, GROUPS, brokers);
    }

    private static Finding finding(ClusterState cluster) {
        List<Finding> all = ClusterCheck.findings(cluster);
        assertEquals(1, all.size(), all.toString());
        return all.get(0);
    }

    private static TopicState with(TopicState topic, String name, String value) {
        Map<String, String> configs = new HashMap<>(topic.configs());
        configs.put(name, value);
        return new TopicState(topic.spec(), topic.partitions(), topic.replication(), configs);
    }

    @Test
    void aRightClusterHasNoFindings() {
        assertEquals(List.of(), ClusterCheck.findings(cluster("", topic -> topic, 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "afterlearner.studies|cleanup.policy|delete|its study would be forgotten; run ./afterlearner topics create --fix",
                "afterlearner.studies|cleanup.policy|compact,delete|its study would be forgotten",
                "afterlearner.fitness|cleanup.policy|compact|the others are lost",
                "afterlearner.candidates.gpu|cleanup.policy|compact|; run ./afterlearner topics create --pool gpu --fix",
                "afterlearner.arms|max.message.bytes|1048588|large records are refused",
                "afterlearner.commands|retention.ms|3600000|less than 1 d: it loses commands given while",
                "afterlearner.candidates.gpu|retention.ms|60000|less than 1 h: it loses candidates that wait",
                "afterlearner.trials|min.insync.replicas|2|nothing can be written",
            })
    void aWrongSettingIsFoundWithWhatItBreaks(String topic, String name, String value, String says) {
        Finding found = finding(cluster(topic, state -> with(state, name, value), 1));
        assertTrue(found.isWrong());
        assertEquals(topic, found.subject());
        assertTrue(found.toString().contains(says), found.toString());
        assertTrue(found.problem().contains(name + " is " + value), found.toString());
    }

    @Test
    void unlimitedRetentionIsRight() {
        assertEquals(
                List.of(),
                ClusterCheck.findings(cluster(Topics.COMMANDS, state -> with(state, "retention.ms", "-1"), 1)));
    }

    @Test
    void aMissingTopicIsFoundWithTheCommandThatCreatesIt() {
        String topic = Topics.verdictRequests("gpu");
        assertEquals(
                topic + ": it does not exist; run ./afterlearner topics create --pool gpu",
                finding(cluster(topic, state -> new TopicState(state.spec(), 0, 0, Map.of()), 1))
                        .toString());
    }

    @ParameterizedTest
    @CsvSource({"afterlearner.fitness,by study", "afterlearner.feedback,by assignment"})
    void joinedTopicsWithDifferentPartitionsAreFound(String topic, String why) {
        Finding found = finding(cluster(topic, state -> new TopicState(state.spec(), 8, 1, state.configs()), 1));
        assertTrue(found.isWrong());
        assertTrue(found.toString().contains("8 in " + topic), found.toString());
        assertTrue(found.toString().contains(why), found.toString());
    }

    @Test
    void morePartitionsThanOneForCandidatesAreAWarning() {
        Finding found = finding(
                cluster(Topics.candidates("gpu"), state -> new TopicState(state.spec(), 8, 1, state.configs()), 1));
        assertTrue(!found.isWrong() && found.problem().contains("8 partitions instead of 1"), found.toString());
    }

    @Test
    void oneReplicaIsAWarningOnAClusterOfMoreBrokers() {
        List<Finding> all = ClusterCheck.findings(cluster("", topic -> topic, 3));
        assertEquals(TopicCatalogue.all(List.of("gpu")).size(), all.size());
        assertTrue(all.stream().noneMatch(Finding::isWrong));
        assertTrue(all.get(0).toString().contains("1 replica on a cluster of 3 brokers"), all.toString());
    }

    @Test
    void aGroupThatSkipsRecordsOrCannotBeReadIsWrong() {
        ShareGroup group = ShareGroup.candidates("gpu");
        Map<String, String> latest =
                Map.of("share.auto.offset.reset", "latest", "share.isolation.level", "read_committed");
        assertEquals(
                List.of(
                        "share group afterlearner.evaluators.gpu has share.auto.offset.reset=latest instead of earliest,"
                                + " so that records from before its first member are skipped;"
                                + " run ./afterlearner topics create --pool gpu"),
                new GroupState(group, latest, List.of(), "").problems());
        assertTrue(new GroupState(group, latest, List.of("share.auto.offset.reset"), "")
                .problems()
                .get(0)
                .endsWith("--pool gpu --fix"));
        ClusterState unknown =
                new ClusterState(List.of(), List.of(new GroupState(group, Map.of(), List.of(), "not authorized")), 1);
        Finding found = finding(unknown);
        assertTrue(
                found.isWrong() && found.toString().contains("not authorized; grant DESCRIBE_CONFIGS"),
                found.toString());
    }
}
