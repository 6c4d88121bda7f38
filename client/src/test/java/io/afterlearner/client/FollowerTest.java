package io.afterlearner.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowerTest {
    private final Follower<String> follower = new Follower<>(Map.of(), "topic", FollowerTest::decoded);

    private static String decoded(byte[] bytes) throws UndecodableException {
        if (bytes.length == 0) {
            throw new UndecodableException("nothing");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void hears(long offset, String key, @Nullable String value) {
        follower.take(new ConsumerRecord<>(
                "topic", 0, offset, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theLastRecordOnTheTopicHoldsThoughEarlierOnesAreReadAgain() {
        hears(3, "a", "first");
        hears(7, "a", "last");
        hears(3, "a", "first");
        assertEquals(Optional.of("last"), follower.get("a"));
        hears(8, "a", "news");
        assertEquals(Optional.of("news"), follower.get("a"));
    }

    @Test
    void whatWasRemovedStaysRemovedThoughEarlierRecordsAreReadAgain() {
        hears(3, "a", "first");
        hears(4, "a", null);
        hears(3, "a", "first");
        assertEquals(Optional.empty(), follower.get("a"));
        assertEquals(List.of(), follower.values());
    }

    @Test
    void whatCannotBeDecodedChangesNothing() {
        hears(3, "a", "first");
        hears(4, "a", "");
        assertEquals(Optional.of("first"), follower.get("a"));
    }

    @Test
    void aRecordWithoutAKeyIsNobodysAndStopsNothing() {
        follower.take(new ConsumerRecord<>("topic", 0, 2, null, new byte[] {1}));
        hears(3, "a", "first");
        assertEquals(List.of("first"), follower.values());
    }

    @Test
    void whatATopicOfTheSameNameHadIsForgottenWhereAnotherOneBeginsAnew() {
        TopicPartition partition = new TopicPartition("topic", 0);
        hears(3, "a", "first");
        follower.forgetAnotherTopic(Map.of(partition, 4L));
        assertEquals(Optional.of("first"), follower.get("a"));
        follower.forgetAnotherTopic(Map.of(partition, 3L));
        assertEquals(Optional.empty(), follower.get("a"));
        hears(0, "a", "anew");
        assertEquals(Optional.of("anew"), follower.get("a"));
    }
}
