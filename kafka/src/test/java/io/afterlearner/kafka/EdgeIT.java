package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follower and Sender against a real broker. */
class EdgeIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static String decoded(byte[] bytes) throws UndecodableException {
        if (bytes.length == 0) {
            throw new UndecodableException("nothing");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static KafkaSettings at(EmbeddedKafka broker) {
        return KafkaSettings.of(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static void create(KafkaSettings kafka, String... topics) throws Exception {
        try (Admin admin = kafka.newAdmin()) {
            for (String topic : topics) {
                admin.createTopics(
                                List.of(new NewTopic(topic, 2, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                        .all()
                        .get();
            }
        }
    }

    private static Sender sender(KafkaSettings kafka) {
        return new Sender(kafka, "test", Sender.Limits.within(LONG));
    }

    @Test
    void topicsAreReadWholeAndFollowedTombstonesIncluded(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory, 0)) {
            KafkaSettings kafka = at(broker);
            Follower follower = new Follower(kafka, "test");
            Table<String> one = follower.table("one", EdgeIT::decoded);
            Table<String> two = follower.table("two", EdgeIT::decoded);
            try (follower;
                    Sender sender = sender(kafka)) {
                follower.start();
                create(kafka, "one", "two");
                sender.deliver("one", "a", bytes("1"));
                sender.deliver("two", "a", bytes("2"));
                assertTrue(follower.await(() -> one.size() + two.size() == 2, LONG));
                assertTrue(follower.isReady() && follower.isCurrent());
                sender.deliver("one", "a", bytes(""));
                sender.deliver("one", "b", bytes("3"));
                sender.deliver("two", "a", null);
                assertTrue(follower.await(() -> one.size() == 2 && two.size() == 0, LONG));
                assertEquals(Optional.of("1"), one.get("a"));
            }
        }
    }

    /** Reading the topic again would meet the record again, for ever. */
    @Test
    void aRecordThatTheDecoderOrTheListenerCannotTakeIsSkipped(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory, 0)) {
            KafkaSettings kafka = at(broker);
            create(kafka, "topic");
            Follower follower = new Follower(kafka, "test");
            Table<String> table = follower.table("topic", EdgeIT::strictlyDecoded)
                    .onChange((key, value) -> {
                        if (key.equals("listener")) {
                            throw new IllegalStateException("the listener fails");
                        }
                    });
            try (follower;
                    Sender sender = sender(kafka)) {
                follower.start();
                assertTrue(follower.await(follower::isReady, LONG));
                sender.deliver("topic", "decoder", bytes("fails"));
                sender.deliver("topic", "listener", bytes("1"));
                sender.deliver("topic", "after", bytes("2"));
                sender.deliver("topic", "after that", bytes("3"));
                assertTrue(follower.await(
                        () -> table.get("after").isPresent()
                                && table.get("after that").isPresent(),
                        LONG));
                assertTrue(follower.isCurrent());
                assertEquals(Optional.empty(), table.get("decoder"));
            }
        }
    }

    private static String strictlyDecoded(byte[] bytes) throws UndecodableException {
        String text = decoded(bytes);
        if (text.equals("fails")) {
            throw new IllegalStateException("the decoder fails");
        }
        return text;
    }

    @Test
    void withTheBrokerAwayTheTablesStayAndWhatChangedMeanwhileIsSeenAfterwards(@TempDir Path directory)
            throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(directory, 0);
        KafkaSettings kafka = at(broker);
        create(kafka, "topic");
        Follower follower = new Follower(kafka, "test");
        Table<String> table = follower.table("topic", EdgeIT::decoded);
        try (follower) {
            try (Sender sender = sender(kafka)) {
                sender.deliver("topic", "a", bytes("1"));
                sender.deliver("topic", "b", bytes("1"));
            }
            follower.start();
            assertTrue(follower.await(() -> table.size() == 2, LONG));
            broker.close();
            assertTrue(follower.await(() -> !follower.isCurrent(), LONG));
            assertTrue(follower.isReady());
            assertEquals(2, table.size());
            broker = EmbeddedKafka.start(directory, broker.port());
            try (Sender sender = sender(kafka)) {
                sender.deliver("topic", "a", null);
            }
            assertTrue(follower.await(() -> table.values().equals(List.of("1")) && follower.isCurrent(), LONG));
        } finally {
            broker.close();
        }
    }

    @Test
    void aTopicMadeAnewReplacesWhatTheOldOneHad(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory, 0)) {
            KafkaSettings kafka = at(broker);
            create(kafka, "topic");
            Follower follower = new Follower(kafka, "test");
            Table<String> table = follower.table("topic", EdgeIT::decoded);
            try (follower;
                    Sender sender = sender(kafka);
                    Admin admin = kafka.newAdmin()) {
                follower.start();
                sender.deliver("topic", "old", bytes("1"));
                assertTrue(follower.await(() -> table.size() == 1, LONG));
                admin.deleteTopics(List.of("topic")).all().get();
                assertTrue(follower.await(() -> isGone(admin), LONG));
                create(kafka, "topic");
                assertTrue(follower.await(() -> table.size() == 0, LONG));
            }
        }
    }

    private static boolean isGone(Admin admin) {
        try {
            return !admin.listTopics().names().get().contains("topic");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSenderSaysWithinItsLimitThatTheBrokerIsAwayAndAtOnceThatARecordIsRefused(@TempDir Path directory)
            throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(directory, 0);
        KafkaSettings kafka = at(broker);
        create(kafka, "topic");
        try (Sender sender = new Sender(kafka, "test", Sender.Limits.nonBlocking(SHORT, Duration.ZERO))) {
            assertTrue(sender.connect(List.of("topic")));
            byte[] large = new byte[Codec.MAX_RECORD_BYTES + 8192];
            KafkaException refused = assertThrows(KafkaException.class, () -> sender.deliver("topic", "a", large));
            assertFalse(refused instanceof BrokerAwayException, refused::getMessage);
            try (Admin admin = kafka.newAdmin()) {
                admin.createTopics(List.of(
                                new NewTopic("small", 1, (short) 1).configs(Map.of("max.message.bytes", "10000"))))
                        .all()
                        .get();
            }
            assertTrue(sender.connect(List.of("small")));
            for (int i = 0; i < 3; i++) {
                KafkaException small =
                        assertThrows(KafkaException.class, () -> sender.deliver("small", "a", new byte[20_000]));
                assertFalse(small instanceof BrokerAwayException, small::getMessage);
                sender.deliver("small", "a", bytes("1"));
            }
            broker.close();
            KafkaException away = assertThrows(KafkaException.class, () -> sender.deliver("topic", "a", bytes("1")));
            assertInstanceOf(BrokerAwayException.class, away);
            assertEquals("Kafka did not answer within 2.0 s; try again", away.getMessage());
        }
    }
}
