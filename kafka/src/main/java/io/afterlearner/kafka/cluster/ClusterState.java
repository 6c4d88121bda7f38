package io.afterlearner.kafka.cluster;

import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.ShareGroup;
import io.afterlearner.schemas.cluster.TopicCatalogue;
import io.afterlearner.schemas.cluster.TopicSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** The topics and share groups of AfterLearner on a cluster, missing ones included. */
public record ClusterState(List<TopicState> topics, List<GroupState> groups, int brokers) {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /**
     * Reads them from Kafka: those that all pools share, those of the given pools, and those of pools that have a topic.
     *
     * @throws KafkaException if Kafka does not answer or refuses
     */
    public static ClusterState read(Admin admin, Collection<String> wanted) throws InterruptedException {
        Set<String> existing =
                get("the topics cannot be listed", admin.listTopics().names());
        Set<String> pools = pools(wanted, existing);
        List<TopicSpec> specs = TopicCatalogue.all(pools);
        List<String> present =
                specs.stream().map(TopicSpec::name).filter(existing::contains).toList();
        var described = get(
                "the topics cannot be described", admin.describeTopics(present).allTopicNames());
        var configs = configs(admin, present);
        List<GroupState> groups = GroupState.read(
                admin,
                pools.stream().flatMap(pool -> ShareGroup.ofPool(pool).stream()).toList());
        int brokers = get(
                        "the brokers cannot be listed", admin.describeCluster().nodes())
                .size();
        return new ClusterState(
                specs.stream().map(spec -> topic(spec, described, configs)).toList(), groups, brokers);
    }

    /** Adds the pools that have a topic of candidates, because a study of an older version may ask for a verdict at its end. */
    static Set<String> pools(Collection<String> wanted, Set<String> existing) {
        Set<String> pools = new TreeSet<>(wanted);
        existing.stream().map(Topics::pool).flatMap(Optional::stream).forEach(pools::add);
        TopicCatalogue.shared().forEach(topic -> Topics.pool(topic.name()).ifPresent(pools::remove));
        return pools;
    }

    private static TopicState topic(
            TopicSpec spec, Map<String, TopicDescription> described, Map<String, Map<String, String>> configs) {
        TopicDescription found = described.get(spec.name());
        return found == null
                ? new TopicState(spec, 0, 0, Map.of())
                : new TopicState(
                        spec,
                        found.partitions().size(),
                        found.partitions().stream()
                                .mapToInt(partition -> partition.replicas().size())
                                .min()
                                .orElse(0),
                        configs.getOrDefault(spec.name(), Map.of()));
    }

    private static Map<String, Map<String, String>> configs(Admin admin, List<String> topics)
            throws InterruptedException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Map<String, String>> configs = new HashMap<>();
        get(
                        "the configuration of the topics cannot be read, which needs DESCRIBE_CONFIGS",
                        admin.describeConfigs(resources).all())
                .forEach((resource, config) -> configs.put(
                        resource.name(),
                        config.entries().stream()
                                .filter(entry -> entry.value() != null)
                                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value))));
        return configs;
    }

    static <T> T get(String failed, KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(failed + ": " + KafkaReason.of(e), e);
        } catch (TimeoutException e) {
            throw new KafkaException(failed + ": no answer within " + ANSWER.toSeconds() + " s", e);
        }
    }
}
