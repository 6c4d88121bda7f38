package io.afterlearner.schemas.cluster;

/** How many partitions a topic has. */
public enum Partitions {
    /** As many as every other topic of this kind, because services join them by study. */
    AS_STUDIES,

    /** As many as every other topic of this kind, because the feedback service joins them by assignment. */
    AS_EXPOSURES,

    /** Any number: nothing joins it. */
    ANY,

    /**
     * One. A share group spreads its members evenly over the partitions, and each member reads only its own. With one partition
     * every evaluator takes the next candidate; with more, candidates would wait behind a slow one while other evaluators
     * idle. Evaluators in a consumer group ({@code mode=group}) need one partition per slot: add them with Kafka's tools.
     */
    ONE;

    /** Number of partitions of a new topic, if topics keyed by study get {@code wanted}. */
    public int count(int wanted) {
        return this == ONE ? 1 : wanted;
    }

    /** Whether all topics of this kind have the same number. */
    public boolean isJoined() {
        return this == AS_STUDIES || this == AS_EXPOSURES;
    }
}
