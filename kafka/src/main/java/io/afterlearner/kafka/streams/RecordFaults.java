package io.afterlearner.kafka.streams;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;

/** Distinguishes failures that a record causes from those of Kafka and of the disk, which may not occur again. */
final class RecordFaults {
    private RecordFaults() {}

    /** Whether the record itself made its processing fail. */
    static boolean isRecords(Throwable failure) {
        if (failure instanceof TaskMigratedException
                || failure instanceof TaskCorruptedException
                || failure instanceof ProcessorStateException) {
            return false;
        }
        Throwable root = root(failure);
        if (root instanceof InterruptedException) {
            return false;
        }
        // Kafka Streams throws its own class for what it was given, such as a negative timestamp. A refused output is
        // charged when the refusal arrives; it fails whichever record sends next.
        return !(root instanceof KafkaException) || root.getClass() == StreamsException.class;
    }

    /** Whether Kafka will never accept what was sent. */
    static boolean isRefused(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof InvalidTimestampException
                || failure instanceof InvalidRecordException
                || failure instanceof SerializationException;
    }

    static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
