package io.afterlearner.kafka.rights;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import io.afterlearner.schemas.Topics;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Interim. */
public final class ServiceRights {
    private ServiceRights() {}

    public static List<Right> evaluator(String pool, List<String> groups) {
        return Stream.of(
                read(
                        Topics.STUDIES,
                        Topics.INCUMBENTS,
                        Topics.VERDICTS,
                        Topics.candidates(pool),
                        Topics.verdictRequests(pool)),
                write(Topics.FITNESS, Topics.VERDICTS, Topics.DEAD_LETTERS),
                groups.stream().map(group -> Right.literal(READ, GROUP, group)))
                .flatMap(part -> part)
                .toList();
    }

    public static List<Right> optimizer(Collection<String> pools) {
        return Stream.of(
                read(Topics.STUDIES, Topics.COMMANDS, Topics.INCUMBENTS, Topics.FITNESS, Topics.VERDICTS),
                write(Topics.STUDIES, Topics.COMMANDS, Topics.INCUMBENTS, Topics.TRIALS, Topics.DEAD_LETTERS),
                pools.stream()
                        .flatMap(pool -> Stream.of(Topics.candidates(pool), Topics.verdictRequests(pool)))
                        .map(topic -> Right.literal(WRITE, TOPIC, topic)),
                application("afterlearner-optimizer")).flatMap(part -> part).toList();
    }

    public static List<Right> feedback() {
        return Stream.of(
                read(
                        Topics.STUDIES,
                        Topics.COMMANDS,
                        Topics.TRIALS,
                        Topics.INCUMBENTS,
                        Topics.ARMS,
                        Topics.EXPOSURES,
                        Topics.FEEDBACK),
                write(
                        Topics.ARMS,
                        Topics.AUDIT,
                        Topics.FITNESS,
                        Topics.COMMANDS,
                        Topics.EXPOSURES,
                        Topics.FEEDBACK,
                        Topics.DEAD_LETTERS),
                application("afterlearner-feedback")).flatMap(part -> part).toList();
    }

    public static List<Right> client() {
        return Stream.of(read(Topics.ARMS), write(Topics.EXPOSURES, Topics.FEEDBACK)).flatMap(part -> part).toList();
    }

    private static Stream<Right> read(String... topics) {
        return Stream.of(topics).map(topic -> Right.literal(READ, TOPIC, topic));
    }

    private static Stream<Right> write(String... topics) {
        return Stream.of(topics).map(topic -> Right.literal(WRITE, TOPIC, topic));
    }

    private static Stream<Right> application(String id) {
        return Stream.of(
                Right.prefixed(READ, TOPIC, id + "-"),
                Right.prefixed(WRITE, TOPIC, id + "-"),
                Right.prefixed(CREATE, TOPIC, id + "-"),
                Right.prefixed(READ, GROUP, id),
                Right.prefixed(WRITE, TRANSACTIONAL_ID, id));
    }

}
