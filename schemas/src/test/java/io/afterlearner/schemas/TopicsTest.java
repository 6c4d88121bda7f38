package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    private final Map<String, NewTopic> topics =
            Topics.definitions(4, (short) 3).stream().collect(Collectors.toMap(NewTopic::name, t -> t));

    @Test
    void topicsJoinedByTheOptimizerHaveEqualPartitionCounts() {
        assertEquals(4, topics.get(Topics.STUDIES).numPartitions());
        assertEquals(4, topics.get(Topics.COMMANDS).numPartitions());
        assertEquals(4, topics.get(Topics.FITNESS).numPartitions());
    }

    @Test
    void onlyTopicsOfTheLatestStateAreCompacted() {
        topics.forEach((name, topic) -> assertEquals(
                Set.of(Topics.STUDIES, Topics.INCUMBENTS, Topics.ARMS).contains(name) ? "compact" : "delete",
                topic.configs().get("cleanup.policy"),
                name));
    }

    @Test
    void aPoolOfAnOlderVersionGetsItsTopicOfVerdictRequests() {
        Set<String> existing = Set.of(Topics.candidates("gpu"), Topics.FITNESS, "afterlearner.candidates.NO", "other");
        assertEquals(Set.of("cpu", "gpu"), Topics.pools(Set.of("cpu"), existing));
    }

    @Test
    void everyTopicAcceptsTheLargestRecord() {
        topics.values()
                .forEach(topic -> assertTrue(
                        Integer.parseInt(topic.configs().get("max.message.bytes")) > Codec.MAX_RECORD_BYTES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GPU", "a.b", "a/b", "-a", "a b"})
    void anInvalidPoolNameIsRefused(String pool) {
        var e = assertThrows(IllegalArgumentException.class, () -> Topics.candidates(pool));
        assertTrue(String.valueOf(e.getMessage()).contains("a-z, 0-9 and -"));
        assertThrows(IllegalArgumentException.class, () -> Topics.verdictRequests(pool));
    }
}
