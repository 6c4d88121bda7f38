package io.afterlearner.kafka.streams;

import io.afterlearner.kafka.Out;
import io.afterlearner.kafka.UnitPartitioner;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;

/** Writes each {@link Out} of a topology to the topic it names. */
public final class Outputs {
    private Outputs() {}

    /** Sends a stream to the topics its records name. */
    public static void sink(KStream<String, Out> outputs) {
        outputs.to(
                (key, out, context) -> out.topic(),
                Produced.with(
                                Serdes.String(),
                                Serdes.serdeFrom((topic, out) -> out.value(), (topic, bytes) -> new Out(topic, bytes)))
                        .withStreamPartitioner((topic, key, out, partitions) -> partitions(topic, key, partitions)));
    }

    /** The partition of a record; empty where Kafka's default is right. */
    private static Optional<Set<Integer>> partitions(String topic, String key, int partitions) {
        return UnitPartitioner.isByUnit(topic)
                ? Optional.of(Set.of(UnitPartitioner.partition(key, partitions)))
                : Optional.empty();
    }

    /** Sends what a processor forwards to the topics its records name; the sink is called "outputs". */
    public static Topology sink(Topology topology, String processor) {
        return topology.<String, Out>addSink(
                "outputs",
                (key, out, context) -> out.topic(),
                new StringSerializer(),
                (topic, out) -> out.value(),
                processor);
    }
}
