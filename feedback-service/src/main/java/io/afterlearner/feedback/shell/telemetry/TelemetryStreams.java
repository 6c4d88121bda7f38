package io.afterlearner.feedback.shell.telemetry;

import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.kafka.streams.Outputs;
import io.afterlearner.kafka.streams.StreamsFailures;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;

/** Starts a Kafka Streams application for one telemetry topic, configured like the service's own. */
@ApplicationScoped
class TelemetryStreams {
    private final OnlineStudies studies;
    private final Tokens tokens;
    private final FeedbackMetrics metrics;
    private final KafkaClientSupplier clients;
    private final StreamsConfig own;

    /** @param own configuration of the service's own application */
    TelemetryStreams(
            OnlineStudies studies,
            Tokens tokens,
            FeedbackMetrics metrics,
            KafkaClientSupplier clients,
            StreamsConfig own) {
        this.studies = studies;
        this.tokens = tokens;
        this.metrics = metrics;
        this.clients = clients;
        this.own = own;
    }

    /** The application's id, which is its consumer group as well. */
    String applicationId(String topic) {
        return own.getString(StreamsConfig.APPLICATION_ID_CONFIG) + "-telemetry-" + topic;
    }

    KafkaStreams start(String topic) {
        Map<String, Object> settings = new HashMap<>(own.originals());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(topic));
        KafkaStreams streams = new KafkaStreams(topology(topic), new StreamsConfig(settings), clients);
        streams.setUncaughtExceptionHandler(new StreamsFailures(System::nanoTime, () -> Quarkus.asyncExit(1)));
        streams.start();
        return streams;
    }

    private Topology topology(String topic) {
        StreamsBuilder builder = new StreamsBuilder();
        Outputs.sink(builder.stream(topic, Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .process(() -> new TelemetryProcessor(topic, studies, tokens, metrics)));
        return builder.build();
    }
}
