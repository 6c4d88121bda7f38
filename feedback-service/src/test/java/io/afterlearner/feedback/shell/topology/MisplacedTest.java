package io.afterlearner.feedback.shell.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.client.Assignment;
import io.afterlearner.feedback.shell.Metered;
import io.afterlearner.kafka.UnitPartitioner;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program wrote with Kafka's default partitioner, so that an exposure and its reports would be in two partitions. */
class MisplacedTest {
    private static final int PARTITIONS = 4;

    /** An assignment whose records belong in the partition that the test driver has, or in another one. */
    private static String assignment(boolean here) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "unit" + i + "-a")
                .filter(id -> (UnitPartitioner.partition(id, PARTITIONS) == 0) == here)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRecordInAWrongPartitionDoesNotCountAndIsADeadLetter(@TempDir Path directory) {
        try (TestedTopology topology = new TestedTopology(directory, Spans.off(), PARTITIONS)) {
            topology.create(TopologyFixture.SPEC);
            for (boolean here : List.of(true, false)) {
                Assignment one = topology.exposed("s", assignment(here), Arm.CONTROL, 0, TopologyFixture.WINDOW_MILLIS);
                topology.reported(one, "e", "click", 1);
            }
            assertEquals(1, Metered.count(topology.registry, "exposures"));
            assertEquals(1, topology.counted("counted"));
            List<DeadLetter> letters = topology.read(Topics.DEAD_LETTERS, DeadLetter.class);
            assertEquals(2, letters.size());
            letters.forEach(letter -> assertTrue(letter.getReason().contains("partition 0"), letter.getReason()));
        }
    }
}
