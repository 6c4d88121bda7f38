package io.afterlearner.kafka.cluster;

import io.afterlearner.schemas.cluster.TopicSpec;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as it is on the cluster.
 *
 * @param partitions 0 if the topic is missing
 * @param replication of the partition with the fewest replicas
 */
public record TopicState(TopicSpec spec, int partitions, int replication, Map<String, String> configs) {

    public boolean isMissing() {
        return partitions == 0;
    }

    /** {@code compact}, {@code delete} or both; empty if the topic is missing. */
    public String cleanupPolicy() {
        return config(TopicConfig.CLEANUP_POLICY_CONFIG);
    }

    /** How long a record is kept: -1 for ever, as the last record of a key on a compacted topic; 0 if that is not known. */
    public long keptMillis() {
        return cleanupPolicy().equals(TopicConfig.CLEANUP_POLICY_COMPACT)
                ? -1
                : retentionMillis().orElse(0L);
    }

    /** The setting in milliseconds; -1 for ever. A compacted topic has one too, which means nothing there. */
    public Optional<Long> retentionMillis() {
        return number(TopicConfig.RETENTION_MS_CONFIG);
    }

    Optional<Long> number(String name) {
        return Optional.of(config(name))
                .filter(text -> text.matches("-?\\d{1,18}"))
                .map(Long::valueOf);
    }

    private String config(String name) {
        return configs.getOrDefault(name, "");
    }
}
