package io.afterlearner.schemas;

import java.util.Optional;
import java.util.regex.Pattern;

/** The names of all topics. Their keys, partitions and retention are in {@link io.afterlearner.schemas.cluster.TopicCatalogue}. */
public final class Topics {
    public static final String PREFIX = "afterlearner.";

    /** StudySpec by study, compacted: optimizer API to everyone. */
    public static final String STUDIES = PREFIX + "studies";

    /** Command by study: API and CLI to optimizer. */
    public static final String COMMANDS = PREFIX + "commands";

    /** Fitness by study: evaluators and feedback to optimizer. */
    public static final String FITNESS = PREFIX + "fitness";

    /** TrialEvent by study, in order: optimizer to dashboards and analysts. */
    public static final String TRIALS = PREFIX + "trials";

    /** Incumbent by study, compacted: optimizer to production and dashboards. */
    public static final String INCUMBENTS = PREFIX + "incumbents";

    /**
     * VerdictAnswer by {@link Verdicts#key}: evaluators to people, reports and the operator. No decision reads it: losses on
     * the test split reach nothing else.
     */
    public static final String VERDICTS = PREFIX + "verdicts";

    /** Exposure by assignment, partitioned by unit: applications to feedback service. */
    public static final String EXPOSURES = PREFIX + "exposures";

    /** Feedback by assignment, partitioned by unit: applications to feedback service. */
    public static final String FEEDBACK = PREFIX + "feedback";

    /** Arms by study, compacted: feedback service, or a person who reverts, to everyone who assigns. */
    public static final String ARMS = PREFIX + "arms";

    /** ArmsChange by study: feedback service to auditors. */
    public static final String AUDIT = PREFIX + "audit";

    /** Standing by study, compacted: the judging instance of the feedback service to every instance and dashboards. */
    public static final String STANDINGS = PREFIX + "standings";

    /** DeadLetter by original key: everyone to the operator. */
    public static final String DEAD_LETTERS = PREFIX + "dead-letters";

    /** The beginning of {@link #candidates}. */
    public static final String CANDIDATES = PREFIX + "candidates.";

    /** The beginning of {@link #verdictRequests}. */
    public static final String VERDICT_REQUESTS = PREFIX + "verdict-requests.";

    private static final Pattern POOL = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Topics() {}

    /**
     * The Candidate topic of an evaluator pool, keyed by {@link #candidateKey}.
     *
     * @throws IllegalArgumentException if the pool's name is not 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit
     */
    public static String candidates(String pool) {
        return CANDIDATES + valid(pool);
    }

    /**
     * The VerdictRequest topic of an evaluator pool, keyed by study: optimizer to evaluators.
     *
     * @throws IllegalArgumentException as {@link #candidates}
     */
    public static String verdictRequests(String pool) {
        return VERDICT_REQUESTS + valid(pool);
    }

    /** The pool whose candidates are in this topic; empty for any other topic. */
    public static Optional<String> pool(String candidates) {
        return Optional.of(candidates)
                .filter(topic -> topic.startsWith(CANDIDATES))
                .map(topic -> topic.substring(CANDIDATES.length()))
                .filter(pool -> POOL.matcher(pool).matches());
    }

    private static String valid(String pool) {
        if (!POOL.matcher(pool).matches()) {
            throw new IllegalArgumentException(
                    "an evaluator pool's name must be 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit, not \""
                            + pool + "\"");
        }
        return pool;
    }

    public static String candidateKey(String study, long number) {
        return study + "#" + number;
    }
}
