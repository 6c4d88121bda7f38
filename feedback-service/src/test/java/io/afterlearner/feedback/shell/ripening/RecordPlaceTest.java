package io.afterlearner.feedback.shell.ripening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.afterlearner.kafka.UnitPartitioner;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecordPlaceTest {
    private static final int PARTITIONS = 4;

    @Test
    void onlyOnePartitionIsRightAndTheProblemNamesIt() {
        int right = UnitPartitioner.partition("unit-1", PARTITIONS);
        assertNull(new RecordPlace(right, PARTITIONS).problem("unit-2"));
        int wrong = (right + 1) % PARTITIONS;
        String problem = Objects.requireNonNull(new RecordPlace(wrong, PARTITIONS).problem("unit-2"));
        assertEquals(
                "the record is in partition " + wrong + ", but those of its unit belong in partition " + right
                        + " of 4; send it by HTTP or by the client library, or set"
                        + " partitioner.class=io.afterlearner.kafka.UnitPartitioner",
                problem);
    }
}
