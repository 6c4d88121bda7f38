package io.afterlearner.schemas.cluster;

import java.time.Duration;

/** How long a topic keeps its records. */
public sealed interface Retention {

    /**
     * The last record of each key, for ever.
     *
     * @param segmentBytes size of the segments of a new topic, in bytes; the last one is not compacted. 0 for the broker's default
     */
    record Compacted(int segmentBytes) implements Retention {}

    /**
     * Every record, for some time.
     *
     * @param time of a new topic
     * @param least with less, what {@code lost} says may happen
     * @param lost what is lost if records end too early
     */
    record Kept(Duration time, Duration least, String lost) implements Retention {}

    static Retention compacted() {
        return compacted(0);
    }

    static Retention compacted(int segmentBytes) {
        return new Compacted(segmentBytes);
    }

    static Retention kept(Duration time, Duration least, String lost) {
        return new Kept(time, least, lost);
    }

    /** The cleanup policy, as Kafka names it. */
    default String cleanupPolicy() {
        return this instanceof Compacted ? "compact" : "delete";
    }
}
