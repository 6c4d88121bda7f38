package io.afterlearner.schemas.cluster;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import io.afterlearner.schemas.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The rights of each service on Kafka: all that it needs and nothing else. READ and WRITE imply DESCRIBE. Whoever writes a topic may
 * read its configuration too, because a record that is too large must not be sent: Kafka's producer would repeat it until it times
 * out, and its transaction with it.
 */
public final class ServiceRights {
    /** The application id of the optimizer's Kafka Streams: its group, and the prefix of its internal topics and transactions. */
    public static final String OPTIMIZER = "afterlearner-optimizer";

    /** Like {@link #OPTIMIZER}, for the feedback service. */
    public static final String FEEDBACK = "afterlearner-feedback";

    private ServiceRights() {}

    /** The optimizer, for studies of any pool, without {@link #poolLag}. */
    public static List<Right> optimizer() {
        return all(
                read(Topics.STUDIES, Topics.COMMANDS, Topics.FITNESS, Topics.INCUMBENTS, Topics.VERDICTS),
                write(Topics.STUDIES, Topics.COMMANDS, Topics.INCUMBENTS, Topics.TRIALS, Topics.DEAD_LETTERS),
                Stream.of(Topics.CANDIDATES, Topics.VERDICT_REQUESTS)
                        .flatMap(prefix -> Stream.of(WRITE, DESCRIBE_CONFIGS)
                                .map(operation -> Right.prefixed(operation, TOPIC, prefix))),
                application(OPTIMIZER, READ, WRITE, CREATE));
    }

    /** The optimizer, for its metrics of the pools' lag. Without them only these metrics are missing. */
    public static List<Right> poolLag() {
        return List.of(Right.prefixed(DESCRIBE, GROUP, Topics.PREFIX + "evaluators."));
    }

    /** The evaluators of a pool, which share its topics. */
    public static List<Right> evaluator(String pool) {
        return all(
                evaluation(pool),
                ShareGroup.ofPool(pool).stream()
                        .flatMap(group -> Stream.of(READ, DESCRIBE_CONFIGS)
                                .map(operation -> Right.literal(operation, GROUP, group.name()))));
    }

    /** The evaluators of a pool with {@code mode=group}. */
    public static List<Right> classicEvaluator(String pool) {
        return all(
                evaluation(pool),
                ShareGroup.ofPool(pool).stream().map(group -> Right.literal(READ, GROUP, group.classicName())));
    }

    private static Stream<Right> evaluation(String pool) {
        return Stream.concat(
                read(
                        Topics.STUDIES,
                        Topics.INCUMBENTS,
                        Topics.VERDICTS,
                        Topics.candidates(pool),
                        Topics.verdictRequests(pool)),
                write(Topics.FITNESS, Topics.VERDICTS, Topics.DEAD_LETTERS));
    }

    /** The feedback service, without {@link #telemetry}. */
    public static List<Right> feedback() {
        return all(
                read(
                        Topics.STUDIES,
                        Topics.COMMANDS,
                        Topics.TRIALS,
                        Topics.INCUMBENTS,
                        Topics.ARMS,
                        Topics.STANDINGS,
                        Topics.EXPOSURES,
                        Topics.FEEDBACK,
                        Topics.AUDIT),
                write(
                        Topics.COMMANDS,
                        Topics.FITNESS,
                        Topics.ARMS,
                        Topics.STANDINGS,
                        Topics.AUDIT,
                        Topics.EXPOSURES,
                        Topics.FEEDBACK,
                        Topics.DEAD_LETTERS),
                // It removes what it has read from its topic of ripened exposures.
                application(FEEDBACK, READ, WRITE, CREATE, DELETE));
    }

    /** The feedback service, on the topics of applications that studies map. */
    public static List<Right> telemetry(Collection<String> topics) {
        return read(topics.toArray(String[]::new)).toList();
    }

    /** An application that embeds the {@code client} library. */
    public static List<Right> application() {
        return all(read(Topics.ARMS), write(Topics.EXPOSURES, Topics.FEEDBACK));
    }

    /** A person with the command line: looks at studies, and reverts an online study without any service. */
    public static List<Right> operator() {
        return all(
                read(Topics.STUDIES, Topics.INCUMBENTS, Topics.TRIALS, Topics.VERDICTS, Topics.ARMS, Topics.AUDIT),
                write(Topics.ARMS));
    }

    /** {@code study export}, for a study that is over. */
    public static List<Right> export() {
        return read(Topics.STUDIES, Topics.INCUMBENTS, Topics.TRIALS, Topics.VERDICTS)
                .toList();
    }

    /** Whoever creates, checks and corrects the topics and share groups. */
    public static List<Right> administrator() {
        return all(
                Stream.of(CREATE, DESCRIBE, DESCRIBE_CONFIGS, ALTER, ALTER_CONFIGS)
                        .map(operation -> Right.prefixed(operation, TOPIC, Topics.PREFIX)),
                Stream.of(DESCRIBE_CONFIGS, ALTER_CONFIGS)
                        .map(operation -> Right.prefixed(operation, GROUP, Topics.PREFIX)));
    }

    private static Stream<Right> read(String... topics) {
        return Stream.of(topics).map(topic -> Right.literal(READ, TOPIC, topic));
    }

    private static Stream<Right> write(String... topics) {
        return Stream.of(topics)
                .flatMap(topic ->
                        Stream.of(WRITE, DESCRIBE_CONFIGS).map(operation -> Right.literal(operation, TOPIC, topic)));
    }

    /** Kafka Streams: its internal topics, consumer group and transactions. */
    private static Stream<Right> application(String id, AclOperation... onInternalTopics) {
        return Stream.concat(
                Stream.of(onInternalTopics).map(operation -> Right.prefixed(operation, TOPIC, id + "-")),
                Stream.of(Right.prefixed(READ, GROUP, id), Right.prefixed(WRITE, TRANSACTIONAL_ID, id)));
    }

    @SafeVarargs
    private static List<Right> all(Stream<Right>... parts) {
        List<Right> all = new ArrayList<>();
        for (Stream<Right> part : parts) {
            part.forEach(all::add);
        }
        return List.copyOf(all);
    }
}
