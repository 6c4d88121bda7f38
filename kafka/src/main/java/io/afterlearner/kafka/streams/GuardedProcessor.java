package io.afterlearner.kafka.streams;

import io.afterlearner.kafka.Attempts;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A processor that no single record can stop. A record that fails {@link #MAX_ATTEMPTS} times becomes a dead letter and is not
 * processed again. A failure is an exception, a stack overflow, an output that Kafka refuses, or the end of the process. Each
 * failure aborts the transaction, so that no partial work is committed. If the dead letter cannot be written either, the record
 * is skipped after {@link #MAX_ATTEMPTS} more attempts.
 *
 * <pre>{@code
 * topology.addProcessor("loop", () -> new GuardedProcessor(new StudyProcessor(metrics), letters, metrics), "inputs");
 * }</pre>
 *
 * Use it with {@link StreamsFailures}, which replaces the thread after such a failure, and {@link StreamsClients}.
 */
public final class GuardedProcessor implements Processor<String, byte[], String, Out> {
    public static final int MAX_ATTEMPTS = 3;

    private static final System.Logger LOG = System.getLogger(GuardedProcessor.class.getName());

    /** Counts what becomes of records that fail. */
    public interface Counted {
        /** A record became a dead letter. */
        void deadLetter();

        /** A record was set aside because it failed too often; it is a dead letter as well, if that could be written. */
        void quarantined();
    }

    private final Processor<String, byte[], String, Out> guarded;
    private final DeadLetters letters;
    private final Counted counted;

    private ProcessorContext<String, Out> context;
    private StreamsDeadLetters deadLetters;
    private Attempts attempts;

    // Kafka Streams calls init before any other method.
    @SuppressWarnings("NullAway.Init")
    public GuardedProcessor(Processor<String, byte[], String, Out> guarded, DeadLetters letters, Counted counted) {
        this.guarded = guarded;
        this.letters = letters;
        this.counted = counted;
    }

    @Override
    public void init(ProcessorContext<String, Out> streams) {
        context = streams;
        deadLetters = new StreamsDeadLetters(streams, letters, counted::deadLetter);
        Object stores = Objects.requireNonNull(streams.appConfigs().get(StreamsConfig.STATE_DIR_CONFIG));
        Path folder = Path.of(stores.toString()).resolve("attempts");
        attempts = Attempts.of(folder, streams.applicationId() + "-" + streams.taskId());
        guarded.init(streams);
    }

    @Override
    public void process(Record<String, byte[]> received) {
        RecordMetadata where = context.recordMetadata().orElse(null);
        if (where == null) {
            guarded.process(received);
            return;
        }
        String record = Attempts.name(where.topic(), where.partition(), where.offset(), received.value());
        if (attempts.isEmpty() || attempts.of(record).count() < MAX_ATTEMPTS) {
            attempt(record, received);
        } else {
            setAside(record, received);
        }
    }

    private void attempt(String record, Record<String, byte[]> received) {
        attempts.begin(record);
        CurrentRecord.begin(reason -> attempts.failed(record, reason));
        try {
            guarded.process(received);
        } catch (Throwable e) {
            if (RecordFaults.isRecords(e)) {
                attempts.failed(record, RecordFaults.root(e).toString());
                throw new RecordFailedException(record, e);
            }
            throw e;
        } finally {
            CurrentRecord.end();
            attempts.end();
        }
    }

    private void setAside(String record, Record<String, byte[]> received) {
        Attempts.Failures failures = attempts.of(record);
        LOG.log(
                System.Logger.Level.ERROR,
                "record {0} is set aside after {1} failures, the last one: {2}",
                record,
                failures.count(),
                failures.reason());
        counted.quarantined();
        if (failures.count() >= 2 * MAX_ATTEMPTS) {
            return;
        }
        CurrentRecord.begin(reason -> attempts.failed(record, reason));
        context.commit();
        try {
            deadLetters.send(
                    received,
                    "processing it failed " + failures.count() + " times, the last time with: " + failures.reason());
        } finally {
            CurrentRecord.end();
        }
    }

    @Override
    public void close() {
        guarded.close();
    }
}
