package io.afterlearner.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** All topics: names, keys, retention. The only place that creates them. */
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

    /** Exposure by assignment: applications to feedback service. */
    public static final String EXPOSURES = PREFIX + "exposures";

    /** Feedback by assignment: applications to feedback service. */
    public static final String FEEDBACK = PREFIX + "feedback";

    /** Arms by study, compacted: feedback service, or a person who reverts, to everyone who assigns. */
    public static final String ARMS = PREFIX + "arms";

    /** ArmsChange by study: feedback service to auditors. */
    public static final String AUDIT = PREFIX + "audit";

    /** DeadLetter by original key: everyone to the operator. */
    public static final String DEAD_LETTERS = PREFIX + "dead-letters";

    /**
     * A share group spreads its members evenly over the partitions, and each member reads only its own. With one partition
     * every evaluator takes the next candidate; with more, candidates would wait behind a slow one while other evaluators
     * idle. Evaluators in a consumer group ({@code mode=group}) need one partition per slot: add them with Kafka's tools.
     */
    private static final int POOL_PARTITIONS = 1;

    private static final String CANDIDATES = PREFIX + "candidates.";
    private static final String VERDICT_REQUESTS = PREFIX + "verdict-requests.";
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

    /**
     * The share group of the evaluators that take a pool's candidates.
     *
     * @throws IllegalArgumentException as {@link #candidates}
     */
    public static String evaluators(String pool) {
        return PREFIX + "evaluators." + valid(pool);
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

    /** All topics except those of pools. */
    static List<NewTopic> definitions(int partitions, short replication) {
        return List.of(
                compacted(STUDIES, partitions, replication),
                kept(COMMANDS, partitions, replication, Duration.ofDays(7)),
                kept(FITNESS, partitions, replication, Duration.ofDays(7)),
                kept(TRIALS, partitions, replication, Duration.ofDays(365)),
                compacted(INCUMBENTS, partitions, replication),
                kept(VERDICTS, partitions, replication, Duration.ofDays(365)),
                kept(EXPOSURES, partitions, replication, Duration.ofDays(7)),
                kept(FEEDBACK, partitions, replication, Duration.ofDays(7)),
                compacted(ARMS, partitions, replication),
                kept(AUDIT, partitions, replication, Duration.ofDays(365)),
                kept(DEAD_LETTERS, 1, replication, Duration.ofDays(30)));
    }

    /**
     * Creates the missing topics; existing ones are not changed. {@link #STUDIES}, {@link #COMMANDS} and {@link #FITNESS}
     * must have the same number of partitions, because the optimizer joins them by study.
     *
     * @param partitions of each topic keyed by study, at least 1; topics of pools have one
     * @param replication replicas of each, at least 1
     * @param pools evaluator pools whose topics are needed
     */
    public static void create(Admin admin, int partitions, short replication, Collection<String> pools)
            throws InterruptedException {
        Set<String> existing = existing(admin);
        List<NewTopic> topics = new ArrayList<>(definitions(partitions, replication));
        pools(pools, existing).forEach(pool -> {
            topics.add(kept(candidates(pool), POOL_PARTITIONS, replication, Duration.ofDays(1)));
            topics.add(kept(verdictRequests(pool), POOL_PARTITIONS, replication, Duration.ofDays(7)));
        });
        topics.removeIf(topic -> existing.contains(topic.name()));
        for (var created : admin.createTopics(topics).values().entrySet()) {
            try {
                created.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failed("topic " + created.getKey() + " cannot be created", e);
                }
            }
        }
    }

    /** Adds the pools that have a candidates topic, because a study of an older version may ask for a verdict at its end. */
    static Set<String> pools(Collection<String> wanted, Set<String> existing) {
        Set<String> pools = new TreeSet<>(wanted);
        existing.stream()
                .filter(topic -> topic.startsWith(CANDIDATES))
                .map(topic -> topic.substring(CANDIDATES.length()))
                .filter(pool -> POOL.matcher(pool).matches())
                .forEach(pools::add);
        return pools;
    }

    /** Asking first means that a service needs no right to create topics once they exist. */
    private static Set<String> existing(Admin admin) throws InterruptedException {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw failed("the topics cannot be listed", e);
        }
    }

    private static IllegalStateException failed(String what, ExecutionException e) {
        return new IllegalStateException(
                what + ": " + Optional.ofNullable(e.getCause()).orElse(e).getMessage(), e);
    }

    private static NewTopic compacted(String name, int partitions, short replication) {
        return topic(name, partitions, replication, Map.of("cleanup.policy", "compact"));
    }

    private static NewTopic kept(String name, int partitions, short replication, Duration retention) {
        return topic(
                name,
                partitions,
                replication,
                Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis())));
    }

    private static NewTopic topic(String name, int partitions, short replication, Map<String, String> retention) {
        Map<String, String> configs = new TreeMap<>(retention);
        // Room for the batch header around the largest record.
        configs.put("max.message.bytes", Integer.toString(Codec.MAX_RECORD_BYTES + 4096));
        return new NewTopic(name, partitions, replication).configs(configs);
    }
}
