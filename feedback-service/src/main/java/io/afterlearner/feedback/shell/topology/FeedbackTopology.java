package io.afterlearner.feedback.shell;

import io.afterlearner.client.Tokens;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Ripening by assignment, then judging by study: docs/adr/0011-online-studies.md. */
final class FeedbackTopology {
    /** Stores' changelogs hold what topics may. */
    private static final Map<String, String> LARGE =
            Map.of("max.message.bytes", Integer.toString(2 * Codec.MAX_RECORD_BYTES));

    private FeedbackTopology() {}

    /** @param partitions of the topics keyed by study */
    static Topology build(
            OnlineStudies studies,
            Standings standings,
            Tokens tokens,
            FeedbackMetrics tallies,
            String instance,
            int partitions) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(store(RipeningProcessor.ASSIGNED, Serdes.String()));
        builder.addStateStore(store(RipeningProcessor.DUE, Serdes.Bytes()));
        builder.addStateStore(store(JudgeProcessor.STATES, Serdes.String()).withLoggingEnabled(LARGE));
        builder.addStateStore(store(JudgeProcessor.SPECS, Serdes.String()).withLoggingEnabled(LARGE));
        Consumed<String, byte[]> consumed = Consumed.with(Serdes.String(), Serdes.ByteArray());

        KStream<String, Out> ripened = builder.stream(List.of(Topics.EXPOSURES, Topics.FEEDBACK), consumed)
                .process(
                        () -> new RipeningProcessor(studies, tokens, tallies),
                        RipeningProcessor.ASSIGNED,
                        RipeningProcessor.DUE);
        sink(ripened.filterNot((key, out) -> isRipe(out)));

        KStream<String, byte[]> ripe = ripened.filter((key, out) -> isRipe(out))
                .mapValues(Out::value)
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                        .withName(RipeningProcessor.RIPE)
                        .withNumberOfPartitions(partitions));
        List<String> byStudy = List.of(Topics.STUDIES, Topics.COMMANDS, Topics.TRIALS, Topics.INCUMBENTS, Topics.ARMS);
        sink(builder.stream(byStudy, consumed)
                .merge(ripe)
                .process(
                        () -> new JudgeProcessor(studies, standings, tallies, instance),
                        JudgeProcessor.STATES,
                        JudgeProcessor.SPECS));
        return builder.build();
    }

    private static boolean isRipe(Out out) {
        return out.topic().equals(RipeningProcessor.RIPE);
    }

    private static <K> StoreBuilder<?> store(String name, Serde<K> keys) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, Serdes.ByteArray());
    }

    static void sink(KStream<String, Out> outputs) {
        Serde<Out> values = Serdes.serdeFrom((topic, out) -> out.value(), (topic, bytes) -> new Out(topic, bytes));
        outputs.to((key, out, context) -> out.topic(), Produced.with(Serdes.String(), values));
    }
}
