package io.afterlearner.schemas.cluster;

import io.afterlearner.schemas.Topics;
import java.util.List;
import java.util.Map;

/**
 * The group in which the evaluators of a pool share a topic. Its configuration is the broker's, and is set when the pool's topics
 * are created. Without it a group begins at the latest record, so that candidates asked before are lost, and reads records of
 * aborted transactions.
 */
public record ShareGroup(String name, String topic) {
    /** What a group must have. */
    public static final Map<String, String> REQUIRED =
            Map.of("share.auto.offset.reset", "earliest", "share.isolation.level", "read_committed");

    /** How long the broker waits for a silent evaluator before it gives a candidate to another. */
    public static final String LOCK_MILLIS = "share.record.lock.duration.ms";

    public static ShareGroup candidates(String pool) {
        return new ShareGroup(Topics.PREFIX + "evaluators." + pool, Topics.candidates(pool));
    }

    public static ShareGroup verdicts(String pool) {
        return new ShareGroup(Topics.PREFIX + "verdict-evaluators." + pool, Topics.verdictRequests(pool));
    }

    public static List<ShareGroup> ofPool(String pool) {
        return List.of(candidates(pool), verdicts(pool));
    }

    /** The consumer group of evaluators with {@code mode=group}. One id cannot be both. */
    public String classicName() {
        return name + ".classic";
    }
}
