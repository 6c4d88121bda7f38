package io.afterlearner.kafka.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for by options of {@code topics create}; null for what was not asked for. Topics that exist keep what they have.
 *
 * @param partitions of each topic keyed by study or assignment
 * @param replication replicas of each partition
 * @param minIsr replicas that must have a record before it counts as written
 */
public record AskedLayout(
        @Nullable Integer partitions,
        @Nullable Integer replication,
        @Nullable Integer minIsr) {

    /** A warning for each option that existing topics do not have. */
    public List<Finding> unlike(ClusterState cluster) {
        List<Finding> findings = new ArrayList<>();
        if (partitions != null) {
            findings.addAll(unlike(
                    cluster,
                    "--partitions " + partitions,
                    topic -> topic.partitions()
                            - (long) topic.spec().partitions().count(partitions),
                    topic -> topic.partitions(),
                    "delete the topics before the first study, and create them again"));
        }
        if (replication != null) {
            findings.addAll(unlike(
                    cluster,
                    "--replication " + replication,
                    topic -> topic.replication() - (long) replication,
                    topic -> topic.replication(),
                    "change it with kafka-reassign-partitions"));
        }
        if (minIsr != null) {
            findings.addAll(unlike(
                    cluster,
                    "--min-isr " + minIsr,
                    topic -> inSync(topic) - minIsr,
                    AskedLayout::inSync,
                    "change " + TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG + " with kafka-configs"));
        }
        return findings;
    }

    private static long inSync(TopicState topic) {
        return topic.number(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).orElse(0L);
    }

    private static List<Finding> unlike(
            ClusterState cluster,
            String option,
            ToLongFunction<TopicState> difference,
            ToLongFunction<TopicState> has,
            String fix) {
        List<TopicState> others = cluster.topics().stream()
                .filter(topic -> !topic.isMissing() && difference.applyAsLong(topic) != 0)
                .toList();
        if (others.isEmpty()) {
            return List.of();
        }
        String named = others.stream()
                .map(topic -> topic.spec().name() + " (" + has.applyAsLong(topic) + ")")
                .collect(Collectors.joining(", "));
        return List.of(Finding.warning(option, "topics that exist keep what they have: " + named, fix));
    }
}
