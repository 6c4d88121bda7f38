package io.afterlearner.feedback.shell.topology;

import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.UnitKeyWatch;
import io.afterlearner.feedback.shell.judging.JudgeProcessor;
import io.afterlearner.feedback.shell.judging.Standings;
import io.afterlearner.feedback.shell.ripening.RipenedExposures;
import io.afterlearner.feedback.shell.ripening.RipeningProcessor;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import io.afterlearner.kafka.streams.GuardedProcessor;
import io.afterlearner.kafka.streams.Outputs;
import io.afterlearner.kafka.trace.Spans;
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
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Ripening by assignment, then judging by study: see docs/adr/0011-online-studies.md. */
public final class FeedbackTopology {
    /** A study's state may be larger than a record of a topic. */
    private static final Map<String, String> LARGE =
            Map.of("max.message.bytes", Integer.toString(2 * Codec.MAX_RECORD_BYTES));

    /** Assignments that were deleted leave the changelog within a day. */
    private static final Map<String, String> COMPACTED_DAILY =
            Map.of("max.compaction.lag.ms", Long.toString(RipeningProcessor.CHANGELOG_LAG.toMillis()));

    private static final Consumed<String, byte[]> CONSUMED = Consumed.with(Serdes.String(), Serdes.ByteArray());

    private FeedbackTopology() {}

    /**
     * @param partitions of the topics keyed by study
     * @param unitPartitions of the topics keyed by assignment
     */
    public static Topology build(
            OnlineStudies studies,
            Standings standings,
            Tokens tokens,
            UnitKeyWatch unitKeys,
            FeedbackMetrics metrics,
            DeadLetters letters,
            String instance,
            int partitions,
            int unitPartitions,
            Spans spans) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, byte[]> ripe = ripening(
                        builder, studies, tokens, unitKeys, metrics, letters, spans, unitPartitions)
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                        .withName(RipenedExposures.TOPIC)
                        .withNumberOfPartitions(partitions));
        for (String name : JudgeProcessor.STORES) {
            builder.addStateStore(store(name, Serdes.String()).withLoggingEnabled(LARGE));
        }
        List<String> byStudy = List.of(Topics.STUDIES, Topics.COMMANDS, Topics.TRIALS, Topics.INCUMBENTS, Topics.ARMS);
        Outputs.sink(builder.stream(byStudy, CONSUMED)
                .merge(ripe)
                .process(
                        () -> new GuardedProcessor(
                                new JudgeProcessor(studies, standings, metrics, letters, instance, spans),
                                letters,
                                metrics),
                        JudgeProcessor.STORES.toArray(String[]::new)));
        return builder.build();
    }

    private static KStream<String, byte[]> ripening(
            StreamsBuilder builder,
            OnlineStudies studies,
            Tokens tokens,
            UnitKeyWatch unitKeys,
            FeedbackMetrics metrics,
            DeadLetters letters,
            Spans spans,
            int partitions) {
        builder.addStateStore(store(RipeningProcessor.ASSIGNED, Serdes.String()).withLoggingEnabled(COMPACTED_DAILY));
        builder.addStateStore(store(RipeningProcessor.DUE, Serdes.Bytes()).withLoggingEnabled(COMPACTED_DAILY));
        builder.addStateStore(store(RipeningProcessor.PAST, Serdes.String()).withLoggingEnabled(COMPACTED_DAILY));
        // Each report of a slice changes its tally; cached, the changelog gets only the last one of a transaction.
        builder.addStateStore(store(RipeningProcessor.SLICES, Serdes.String())
                .withLoggingEnabled(COMPACTED_DAILY)
                .withCachingEnabled());
        KStream<String, Out> outputs = builder.stream(List.of(Topics.EXPOSURES, Topics.FEEDBACK), CONSUMED)
                .process(
                        () -> new GuardedProcessor(
                                new RipeningProcessor(studies, tokens, unitKeys, metrics, letters, spans, partitions),
                                letters,
                                metrics),
                        RipeningProcessor.ASSIGNED,
                        RipeningProcessor.DUE,
                        RipeningProcessor.PAST,
                        RipeningProcessor.SLICES);
        Outputs.sink(outputs.filterNot((key, out) -> isRipe(out)));
        return outputs.filter((key, out) -> isRipe(out)).mapValues(Out::value);
    }

    private static boolean isRipe(Out out) {
        return out.topic().equals(RipenedExposures.TOPIC);
    }

    private static <K> StoreBuilder<?> store(String name, Serde<K> keys) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, Serdes.ByteArray());
    }
}
