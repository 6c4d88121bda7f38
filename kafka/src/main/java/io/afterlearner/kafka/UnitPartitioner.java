package io.afterlearner.kafka;

import io.afterlearner.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;

/**
 * Puts all exposures and reports of a unit into one partition, so that its past is known there. The id of an assignment, which is
 * their key, begins with its unit, up to the first {@code -}. Records of other topics go where Kafka's default puts them: by their
 * whole key.
 */
public final class UnitPartitioner implements Partitioner {
    private static final Set<String> BY_UNIT = Set.of(Topics.EXPOSURES, Topics.FEEDBACK);

    /** Whether the keys of a topic are assignments. */
    public static boolean isByUnit(String topic) {
        return BY_UNIT.contains(topic);
    }

    /** The partition of an assignment's exposure and reports. */
    public static int partition(String assignment, int partitions) {
        return hashed(unit(assignment).getBytes(StandardCharsets.UTF_8), partitions);
    }

    /** What the id of an assignment has in common with those of the same unit; the whole id if that is all it has. */
    private static String unit(String assignment) {
        int end = assignment.indexOf('-');
        return end < 0 ? assignment : assignment.substring(0, end);
    }

    private static int hashed(byte[] bytes, int partitions) {
        return Utils.toPositive(Utils.murmur2(bytes)) % partitions;
    }

    /** Without a key, by the value. */
    @Override
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        int partitions = cluster.partitionsForTopic(topic).size();
        byte[] by = keyBytes == null ? valueBytes : keyBytes;
        if (by == null) {
            return 0;
        }
        return isByUnit(topic) ? partition(new String(by, StandardCharsets.UTF_8), partitions) : hashed(by, partitions);
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
