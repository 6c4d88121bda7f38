package io.afterlearner.kafka.cluster;

import io.afterlearner.schemas.cluster.TopicSpec;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * How new topics and share groups are laid out on a cluster.
 *
 * @param partitions of each topic keyed by study or assignment, at least 1
 * @param replication replicas of each partition; -1 for the brokers' default
 * @param minIsr replicas that must have a record before it counts as written; null for the brokers' default
 * @param lock how long a share group waits for a silent evaluator; null for the brokers' default
 */
public record Layout(
        int partitions,
        short replication,
        @Nullable Integer minIsr,
        @Nullable Duration lock) {
    public static final short BROKERS_DEFAULT = -1;

    public static Layout of(int partitions, short replication) {
        return new Layout(partitions, replication, null, null);
    }

    /** With this lock duration of share groups. */
    public Layout with(Duration lockDuration) {
        return new Layout(partitions, replication, minIsr, lockDuration);
    }

    NewTopic topic(TopicSpec spec) {
        NewTopic topic = spec.newTopic(partitions, replication);
        Map<String, String> configs = new TreeMap<>(topic.configs());
        if (minIsr != null) {
            configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(minIsr));
        }
        return topic.configs(configs);
    }
}
