package io.afterlearner.kafka.rights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.cluster.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissingRightsTest {
    private static final Right WRITE = Right.literal(AclOperation.WRITE, ResourceType.TOPIC, "afterlearner.fitness");
    private static final Right READ = Right.literal(AclOperation.READ, ResourceType.TOPIC, "afterlearner.studies");
    private static final Right TRANSACTIONS =
            Right.prefixed(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, "afterlearner-optimizer");

    private final AtomicLong nanos = new AtomicLong();
    private final MissingRights missing = new MissingRights(right -> false, nanos::get);
    private final Logger logger = Logger.getLogger(MissingRights.class.getName());
    private final List<String> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void aMissingRightIsLoggedOnceAndOnceMoreWhenItIsGranted() {
        missing.checked(Set.of(new Missing(WRITE, false)));
        missing.checked(Set.of(new Missing(WRITE, false)));
        assertEquals(
                List.of(
                        "Kafka: the right to WRITE on topic afterlearner.fitness is missing; grant it to the user of this"
                                + " process; ./afterlearner topics acls prints the commands"),
                logged);
        assertEquals(logged, List.copyOf(missing.lines().values()));

        missing.checked(Set.of());
        missing.checked(Set.of());
        assertEquals("Kafka: the right to WRITE on topic afterlearner.fitness was granted", logged.get(1));
        assertEquals(2, logged.size());
        assertTrue(missing.lines().isEmpty());
    }

    @Test
    void aHiddenTopicMayBeMissingToo() {
        missing.checked(Set.of(new Missing(READ, true)));
        String line = missing.lines().get("READ on topic afterlearner.studies");
        assertTrue(line.contains("Kafka does not tell whether the topic exists"), line);
    }

    @Test
    void aRightThatOnlyAFailureShowsCountsForAWhileAfterTheLatestFailure() {
        missing.failed(List.of(TRANSACTIONS));
        nanos.addAndGet(MissingRights.HELD.toNanos() - 1);
        missing.checked(Set.of());
        assertEquals(List.of(TRANSACTIONS), missing.rights());
        missing.failed(List.of(TRANSACTIONS));
        nanos.addAndGet(MissingRights.HELD.toNanos() - 1);
        missing.checked(Set.of());
        assertEquals(List.of(TRANSACTIONS), missing.rights());
        nanos.addAndGet(1);
        missing.settle();
        assertEquals(List.of(), missing.rights());
        assertEquals(2, logged.size(), logged.toString());
    }

    @Test
    void refusedCredentialsAreSaidOnceWithoutThem() {
        missing.refused("invalid credentials with SASL mechanism SCRAM-SHA-512");
        missing.refused("invalid credentials with SASL mechanism SCRAM-SHA-512");
        assertEquals(1, logged.size());
        assertTrue(missing.isRefused());
        assertTrue(missing.lines().get("credentials").contains("SCRAM-SHA-512; correct them under kafka.*"));
        missing.accepted();
        missing.accepted();
        assertFalse(missing.isRefused());
        assertEquals(2, logged.size());
    }

    @Test
    void whatIsRememberedHasALimit() {
        missing.failed(IntStream.range(0, 1_000)
                .mapToObj(i -> Right.literal(AclOperation.READ, ResourceType.TOPIC, "t" + i))
                .toList());
        assertEquals(MissingRights.MAX_REMEMBERED, missing.lines().size());
    }

    @Test
    void aFailureNamesTheRightThatNoCheckSees() {
        List<Right> needed = List.of(WRITE, READ, TRANSACTIONS);
        assertEquals(
                List.of(TRANSACTIONS),
                Denials.rights(new IllegalStateException(new TransactionalIdAuthorizationException("no")), needed));
        assertEquals(
                List.of(Right.literal(AclOperation.READ, ResourceType.GROUP, "g")),
                Denials.rights(GroupAuthorizationException.forGroupId("g"), needed));
        assertEquals(
                Set.of("READ or WRITE on topic other"),
                Denials.rights(new TopicAuthorizationException(Set.of("other", "afterlearner.fitness")), needed)
                        .stream()
                        .map(Right::toString)
                        .collect(Collectors.toSet()));
        assertEquals(List.of(), Denials.rights(new ClusterAuthorizationException("no"), needed));
    }

    @Test
    void onlyRightsAndCredentialsAreDenials() {
        assertTrue(Denials.isDenial(new RuntimeException(new TopicAuthorizationException("t"))));
        assertTrue(Denials.isDenial(new SaslAuthenticationException("invalid credentials")));
        assertFalse(Denials.isDenial(new NotLeaderOrFollowerException()));
    }
}
