package io.afterlearner.schemas.cluster;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as AfterLearner needs it.
 *
 * @param key what its records' keys are, such as {@code study}
 * @param maxMessageBytes largest record batch that it takes
 * @param unitData what its records have about a unit of an online study
 */
public record TopicSpec(
        String name, String key, Partitions partitions, Retention retention, int maxMessageBytes, UnitData unitData) {

    /** The configuration of a new topic, as Kafka names it. */
    public Map<String, String> configs() {
        Map<String, String> configs = new TreeMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, retention.cleanupPolicy());
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
        if (retention instanceof Retention.Kept kept) {
            configs.put(
                    TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.time().toMillis()));
        }
        if (retention instanceof Retention.Compacted compacted && compacted.segmentBytes() > 0) {
            configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(compacted.segmentBytes()));
        }
        return configs;
    }

    TopicSpec with(UnitData data) {
        return new TopicSpec(name, key, partitions, retention, maxMessageBytes, data);
    }

    /**
     * The topic to create.
     *
     * @param wanted partitions of topics keyed by study, at least 1
     * @param replication replicas of each partition; -1 for the broker's default
     */
    public NewTopic newTopic(int wanted, short replication) {
        return new NewTopic(name, partitions.count(wanted), replication).configs(configs());
    }
}
