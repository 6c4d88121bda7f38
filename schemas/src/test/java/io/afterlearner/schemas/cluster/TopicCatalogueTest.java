package io.afterlearner.schemas.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Topics;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {
    private static final List<TopicSpec> ALL = TopicCatalogue.all(List.of("gpu", "cpu"));

    private static Set<String> names(Predicate<TopicSpec> which) {
        return ALL.stream().filter(which).map(TopicSpec::name).collect(Collectors.toSet());
    }

    @Test
    void joinedTopicsHaveEqualPartitionCounts() {
        assertEquals(
                Set.of(Topics.STUDIES, Topics.COMMANDS, Topics.FITNESS, Topics.TRIALS, Topics.INCUMBENTS, Topics.ARMS),
                names(topic -> topic.partitions() == Partitions.AS_STUDIES));
        assertEquals(
                Set.of(Topics.EXPOSURES, Topics.FEEDBACK),
                names(topic -> topic.partitions() == Partitions.AS_EXPOSURES));
        ALL.stream()
                .filter(topic -> topic.partitions().isJoined())
                .forEach(topic -> assertEquals(4, topic.newTopic(4, (short) 3).numPartitions(), topic.name()));
    }

    @Test
    void onlyTopicsOfTheLatestStateAreCompacted() {
        assertEquals(
                Set.of(Topics.STUDIES, Topics.INCUMBENTS, Topics.ARMS, Topics.STANDINGS),
                names(topic -> "compact".equals(topic.configs().get("cleanup.policy"))));
    }

    @Test
    void everyTopicAcceptsTheLargestRecord() {
        ALL.forEach(topic -> assertTrue(topic.maxMessageBytes() > Codec.MAX_RECORD_BYTES, topic.name()));
    }

    @Test
    void aNewTopicIsKeptLongEnough() {
        ALL.forEach(topic -> assertTrue(
                !(topic.retention() instanceof Retention.Kept kept)
                        || kept.time().compareTo(kept.least()) >= 0,
                topic.name()));
    }

    @Test
    void onlyTheAdministratorMayChangeTopicsThatServicesShare() {
        var services = List.of(
                ServiceRights.optimizer(),
                ServiceRights.evaluator("gpu"),
                ServiceRights.classicEvaluator("gpu"),
                ServiceRights.feedback(),
                ServiceRights.application(),
                ServiceRights.operator(),
                ServiceRights.export());
        var changing = Set.of(AclOperation.CREATE, AclOperation.DELETE, AclOperation.ALTER, AclOperation.ALTER_CONFIGS);
        services.forEach(rights -> assertTrue(
                rights.stream()
                        .noneMatch(right -> changing.contains(right.operation())
                                && (right.type() != ResourceType.TOPIC
                                        || right.resource().startsWith(Topics.PREFIX))),
                rights::toString));
    }
}
