package io.afterlearner.schemas.cluster;

import java.time.Duration;

/** How long a topic keeps its records. */
public sealed interface Retention {

    /** The last record of each key, for ever. */
    record Compacted() implements Retention {}

    /**
     * Every record, for some time.
     *
     * @param time of a new topic
     * @param least with less, what {@code lost} says may happen
     * @param lost what is lost if records end too early
     */
    record Kept(Duration time, Duration least, String lost) implements Retention {}

    static Retention compacted() {
        return new Compacted();
    }

    static Retention kept(Duration time, Duration least, String lost) {
        return new Kept(time, least, lost);
    }

    /** The cleanup policy, as Kafka names it. */
    default String cleanupPolicy() {
        return this instanceof Compacted ? "compact" : "delete";
    }
}
