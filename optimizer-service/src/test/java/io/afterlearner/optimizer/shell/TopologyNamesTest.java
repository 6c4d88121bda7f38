package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/**
 * During a rolling update, instances of two versions share tasks and the log of studies. A change of what is recorded here makes that
 * impossible: docs/upgrading.md says what an operator has to do instead, and has to be changed with it.
 */
class TopologyNamesTest {

    @Test
    void subtopologiesAndStoresAreThoseOfEarlierVersions() throws IOException {
        assertEquals(recorded(), named(Messages.topology(Metered.unread())));
    }

    /** Without the names of lambdas, which differ each time. */
    private static String named(Topology topology) {
        return topology.describe().toString().replaceAll("extractor class: [^)]*", "extractor class");
    }

    private static String recorded() throws IOException {
        try (var in = TopologyNamesTest.class.getResourceAsStream("/recorded/topology.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
