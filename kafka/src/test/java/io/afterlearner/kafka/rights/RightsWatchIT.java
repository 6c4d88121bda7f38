package io.afterlearner.kafka.rights;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.SecuredBroker;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.cluster.Right;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RightsWatchIT {
    private static final String USER = "ann";
    /** What the issue promises. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final List<Right> NEEDED = List.of(
            Right.literal(READ, TOPIC, "in"),
            Right.literal(READ, TOPIC, "both"),
            Right.literal(WRITE, TOPIC, "both"),
            Right.literal(WRITE, TOPIC, "absent"),
            Right.literal(READ, GROUP, "readers"),
            Right.literal(READ, GROUP, "absent"),
            Right.prefixed(READ, TOPIC, "app-"),
            Right.prefixed(WRITE, TOPIC, "app-"),
            Right.prefixed(CREATE, TOPIC, "app-"),
            Right.prefixed(WRITE, TRANSACTIONAL_ID, "app"));

    @TempDir
    static Path folder;

    private static SecuredBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start(folder, USER);
        short one = 1;
        broker.admin()
                .createTopics(List.of(
                        new NewTopic("in", 1, one),
                        new NewTopic("both", 1, one),
                        new NewTopic("app-changelog", 1, one)))
                .all()
                .get();
        Map<String, Object> reader = new HashMap<>(broker.client("broker"));
        reader.put("group.id", "readers");
        try (var consumer = new KafkaConsumer<>(reader, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("in"));
            until(() -> !consumer.poll(Duration.ofMillis(100)).isEmpty()
                    || !consumer.assignment().isEmpty());
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not happen within " + SOON);
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static PatternType pattern(Right right) {
        return right.prefixed() ? PatternType.PREFIXED : PatternType.LITERAL;
    }

    private static void grant(Right right) throws Exception {
        broker.grant(USER, right.operation(), right.type(), right.resource(), pattern(right));
    }

    private static void revoke(Right right) throws Exception {
        broker.revoke(USER, right.operation(), right.type(), right.resource(), pattern(right));
    }

    private static Set<String> missing() throws Exception {
        try (var admin = KafkaSettings.of(broker.client(USER)).newAdmin()) {
            return RightsProbe.missing(admin, NEEDED).stream()
                    .map(missing -> missing.right().toString())
                    .collect(Collectors.toSet());
        }
    }

    /** The broker knows a change of its access control lists a moment after it is made. */
    private static void awaitMissing(Set<String> expected) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (!missing().equals(expected) && System.nanoTime() < end) {
            sleep();
        }
        assertEquals(expected, missing());
    }

    @Test
    void eachRightIsMissedAloneAndTheWatchNamesItUntilItIsGranted() throws Exception {
        assertEquals(NEEDED.size(), missing().size(), "nothing is granted yet");
        for (Right right : NEEDED) {
            grant(right);
        }
        awaitMissing(Set.of());
        for (Right right : NEEDED) {
            revoke(right);
            awaitMissing(Set.of(right.toString()));
            grant(right);
        }
        awaitMissing(Set.of());

        Right write = NEEDED.get(2);
        try (RightsWatch watch = new RightsWatch(KafkaSettings.of(broker.client(USER)), () -> NEEDED)
                .optional(() -> List.of(Right.literal(READ, TOPIC, "telemetry")))) {
            watch.start();
            until(() -> watch.problems().containsKey("READ on topic telemetry"));
            assertTrue(watch.isReady(), "the process can do without it");
            assertFalse(watch.isBlocked(Set.of("both")));

            revoke(write);
            until(() -> watch.problems().containsKey("WRITE on topic both"));
            assertFalse(watch.isReady());
            assertTrue(watch.rights().get(write));
            assertFalse(watch.isBlocked(Set.of("in")), "no operation failed yet");
            assertTrue(watch.failed(new TopicAuthorizationException(Set.of("both"))));
            assertTrue(watch.isBlocked(Set.of("in")));

            grant(write);
            until(() -> watch.isReady() && !watch.isBlocked(Set.of("in")));
            assertFalse(watch.rights().get(write));
        }
    }
}
