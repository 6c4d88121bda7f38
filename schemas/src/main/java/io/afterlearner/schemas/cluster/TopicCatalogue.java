package io.afterlearner.schemas.cluster;

import static io.afterlearner.schemas.cluster.Retention.compacted;
import static io.afterlearner.schemas.cluster.Retention.kept;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All topics that AfterLearner needs, except those that Kafka Streams creates itself for a service. */
public final class TopicCatalogue {
    /** Room for the batch header around the largest record. */
    private static final int MAX_MESSAGE_BYTES = Codec.MAX_RECORD_BYTES + 4096;

    /** A standing is written up to once per second, and every instance reads the topic when it starts. */
    private static final int STANDINGS_SEGMENT_BYTES = 32 << 20;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final String STUDY = "study";

    private static final List<TopicSpec> SHARED = List.of(
            topic(Topics.STUDIES, STUDY, Partitions.AS_STUDIES, compacted()),
            topic(
                    Topics.COMMANDS,
                    STUDY,
                    Partitions.AS_STUDIES,
                    kept(WEEK, DAY, "commands given while the optimizer is away")),
            topic(
                    Topics.FITNESS,
                    STUDY,
                    Partitions.AS_STUDIES,
                    kept(WEEK, DAY, "evaluations that arrive while the optimizer is away; those candidates expire")),
            topic(
                    Topics.TRIALS,
                    STUDY,
                    Partitions.AS_STUDIES,
                    kept(YEAR, WEEK, "the history of studies: reports and history.csv begin later")),
            topic(Topics.INCUMBENTS, STUDY, Partitions.AS_STUDIES, compacted()),
            topic(
                    Topics.VERDICTS,
                    "study, incarnation and candidate",
                    Partitions.ANY,
                    kept(YEAR, WEEK, "verdicts on finished studies: they are computed again when asked for")),
            topic(
                            Topics.EXPOSURES,
                            "assignment",
                            Partitions.AS_EXPOSURES,
                            kept(WEEK, DAY, "exposures while the feedback service is away"))
                    .with(UnitData.PSEUDONYM),
            topic(
                            Topics.FEEDBACK,
                            "assignment",
                            Partitions.AS_EXPOSURES,
                            kept(WEEK, DAY, "reports while the feedback service is away"))
                    .with(UnitData.ASSIGNMENT),
            topic(Topics.ARMS, STUDY, Partitions.AS_STUDIES, compacted()),
            topic(Topics.STANDINGS, STUDY, Partitions.ANY, compacted(STANDINGS_SEGMENT_BYTES)),
            topic(Topics.AUDIT, STUDY, Partitions.ANY, kept(YEAR, MONTH, "the record of promotions and reverts")),
            topic(
                            Topics.DEAD_LETTERS,
                            "key of the original record",
                            Partitions.ONE,
                            kept(MONTH, DAY, "records that could not be used, before anybody has looked at them"))
                    .with(UnitData.ORIGINAL),
            candidates(OnlineRules.POOL));

    private TopicCatalogue() {}

    /** All topics except those of pools of evaluators. Candidates of online studies have a topic as well, but no evaluators. */
    public static List<TopicSpec> shared() {
        return SHARED;
    }

    /** The topics of an evaluator pool. */
    public static List<TopicSpec> ofPool(String pool) {
        return List.of(
                candidates(pool),
                topic(
                        Topics.verdictRequests(pool),
                        STUDY,
                        Partitions.ONE,
                        kept(WEEK, DAY, "requests for verdicts that wait for an evaluator")));
    }

    /** The topics that all pools share, then those of these pools. */
    public static List<TopicSpec> all(Collection<String> pools) {
        return Stream.concat(SHARED.stream(), new TreeSet<>(pools).stream().flatMap(pool -> ofPool(pool).stream()))
                .toList();
    }

    private static TopicSpec candidates(String pool) {
        return topic(
                Topics.candidates(pool),
                "study and candidate",
                Partitions.ONE,
                kept(DAY, Duration.ofHours(1), "candidates that wait for an evaluator; they expire"));
    }

    private static TopicSpec topic(String name, String key, Partitions partitions, Retention retention) {
        return new TopicSpec(name, key, partitions, retention, MAX_MESSAGE_BYTES, UnitData.NONE);
    }
}
