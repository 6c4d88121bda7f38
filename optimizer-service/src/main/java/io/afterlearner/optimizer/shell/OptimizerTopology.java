package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.streams.GuardedProcessor;
import io.afterlearner.kafka.streams.Outputs;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.optimizer.shell.metrics.LoopMetrics;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Topics;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.Stores;

/** One processor between the topics keyed by study and all outputs. */
final class OptimizerTopology {
    /** Maximum number of studies that run or pause at the same time on one partition. */
    static final int MAX_ACTIVE_STUDIES = 1_000;

    private OptimizerTopology() {}

    /** @param nanos a monotonic clock */
    static Topology build(
            LoopMetrics metrics,
            Backlog backlog,
            ToLongFunction<ProcessorContext<?, ?>> nanos,
            DeadLetters letters,
            HeapBudget heap,
            Spans spans) {
        var store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(StudyProcessor.STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(2 * Codec.MAX_RECORD_BYTES)));
        Topology topology = new Topology()
                .addSource(
                        "inputs",
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        Topics.STUDIES,
                        Topics.COMMANDS,
                        Topics.FITNESS)
                .addProcessor(
                        "loop",
                        () -> new GuardedProcessor(
                                new StudyProcessor(metrics, backlog, nanos, letters, heap, spans), letters, metrics),
                        "inputs")
                .addStateStore(store, "loop");
        return Outputs.sink(topology, "loop");
    }
}
