package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import io.afterlearner.kafka.trace.Spans;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** One task with one store, which outlives its processor. Its records have the key "s". */
final class StudyTask {
    static final long START_MILLIS = 1_000_000;

    private final MockProcessorContext<String, Out> context = new MockProcessorContext<>(new Properties());
    private final Spans spans;
    private StudyProcessor processor;
    private long offset;

    StudyTask() {
        this(Spans.off());
    }

    StudyTask(Spans spans) {
        this.spans = spans;
        processor = processor(new Backlog(), HeapBudget.ofProcess(), spans);
        KeyValueStore<Bytes, byte[]> store = store();
        store.init(context.getStateStoreContext(), store);
        context.setCurrentSystemTimeMs(START_MILLIS);
        processor.init(context);
    }

    /** The store of a processor, in memory. */
    static KeyValueStore<Bytes, byte[]> store() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(StudyProcessor.STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
    }

    static StudyProcessor processor(Backlog backlog, HeapBudget heap) {
        return processor(backlog, heap, Spans.off());
    }

    static StudyProcessor processor(Backlog backlog, HeapBudget heap, Spans spans) {
        return new StudyProcessor(Metered.unread(), backlog, Messages.NANOS, new DeadLetters("optimizer"), heap, spans);
    }

    /** Closes the processor; without it, a restart is one after a kill. */
    void close() {
        processor.close();
    }

    void restart() {
        processor = processor(new Backlog(), HeapBudget.ofProcess(), spans);
        processor.init(context);
    }

    void restartAt(long nowMillis) {
        context.setCurrentSystemTimeMs(nowMillis);
        restart();
    }

    void tick(long nowMillis) {
        context.setCurrentSystemTimeMs(nowMillis);
        // Those of the processors before the latest restart are there too.
        var all = context.scheduledPunctuators();
        all.subList(all.size() - 2, all.size())
                .forEach(each -> each.getPunctuator().punctuate(nowMillis));
    }

    /** Processes a record. The clock goes on by a millisecond. */
    void put(String topic, byte[] value) {
        context.setRecordMetadata(topic, 0, offset++);
        context.setCurrentSystemTimeMs(START_MILLIS + offset);
        processor.process(new Record<>("s", value, 0));
    }

    /** What was sent since the start, or since {@link #forget}. */
    List<Out> outs() {
        return context.forwarded().stream()
                .map(forwarded -> (Out) forwarded.record().value())
                .toList();
    }

    void forget() {
        context.resetForwards();
    }
}
