package io.afterlearner.feedback.shell.ripening;

import io.afterlearner.kafka.UnitPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Where an exposure or a report was read. A record in a wrong partition is not beside the others of its assignment, so the exposure
 * would count twice.
 *
 * @param partitions number of partitions of the topic
 */
record RecordPlace(int partition, int partitions) {

    /** The place of the current record. */
    static RecordPlace of(ProcessorContext<?, ?> context, int partitions) {
        return new RecordPlace(context.recordMetadata().orElseThrow().partition(), partitions);
    }

    /** Null if the records of an assignment belong here; otherwise what is wrong and how to fix it. */
    @Nullable
    String problem(String assignment) {
        int expected = UnitPartitioner.partition(assignment, partitions);
        return partition == expected
                ? null
                : "the record is in partition " + partition + ", but those of its unit belong in partition " + expected
                        + " of " + partitions + "; send it by HTTP or by the client library, or set partitioner.class="
                        + UnitPartitioner.class.getName();
    }
}
