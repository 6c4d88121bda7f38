package io.afterlearner.feedback.shell.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.client.Secrets;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.shell.Metered;
import io.afterlearner.feedback.shell.StudiesInMemory;
import io.afterlearner.feedback.shell.judging.Standings;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.trace.Spans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/**
 * During a rolling update, instances of two versions share tasks, stores and internal topics. A change of what is recorded here makes
 * that impossible: docs/upgrading.md says what an operator has to do instead, and has to be changed with it.
 */
class TopologyNamesTest {
    private static final int ANY = 4;

    @Test
    void subtopologiesStoresAndInternalTopicsAreThoseOfEarlierVersions() throws IOException {
        Topology topology = FeedbackTopology.build(
                new StudiesInMemory(),
                new Standings(),
                new Tokens(Secrets.of("secrets", List.of("a secret of the tests"))),
                Metered.unitKeys(),
                Metered.unread(),
                new DeadLetters("feedback"),
                "test",
                ANY,
                ANY,
                Spans.off());
        assertEquals(recorded(), named(topology));
    }

    /** Without the names of lambdas, which differ each time. */
    private static String named(Topology topology) {
        return topology.describe().toString().replaceAll("extractor class: [^)]*", "extractor class");
    }

    private static String recorded() throws IOException {
        try (var in = TopologyNamesTest.class.getResourceAsStream("/topology.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
