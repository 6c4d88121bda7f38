package io.afterlearner.feedback.shell.telemetry;

import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.FeedbackSettings;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.streams.Outputs;
import io.afterlearner.kafka.streams.StreamsClients;
import io.afterlearner.kafka.streams.StreamsFailures;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Starts a Kafka Streams application for one telemetry topic, configured like the service's own. */
@ApplicationScoped
class TelemetryStreams {
    private static final Logger LOG = Logger.getLogger(TelemetryStreams.class);
    private static final String PREFIX = "kafka-streams.";

    private final OnlineStudies studies;
    private final Tokens tokens;
    private final FeedbackMetrics metrics;
    private final KafkaSettings kafka;
    private final FeedbackSettings settings;
    private final Config config;

    TelemetryStreams(
            OnlineStudies studies,
            Tokens tokens,
            FeedbackMetrics metrics,
            KafkaSettings kafka,
            FeedbackSettings settings,
            Config config) {
        this.studies = studies;
        this.tokens = tokens;
        this.metrics = metrics;
        this.kafka = kafka;
        this.settings = settings;
        this.config = config;
    }

    /** The application's id, which is its consumer group as well. */
    String applicationId(String topic) {
        return config.getValue("quarkus.kafka-streams.application-id", String.class) + "-telemetry-" + topic;
    }

    KafkaStreams start(String topic) {
        KafkaStreams streams = new KafkaStreams(
                topology(topic),
                kafka.streams(settings(topic)),
                new StreamsClients(kafka, settings.instance(), polled -> {}));
        StreamsFailures failures = new StreamsFailures(System::nanoTime);
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.warnf("telemetry of topic %s failed: %s", topic, failure);
            StreamThreadExceptionResponse response = failures.handle(failure);
            if (response == StreamThreadExceptionResponse.SHUTDOWN_CLIENT) {
                Quarkus.asyncExit(1);
            }
            return response;
        });
        streams.start();
        return streams;
    }

    private Topology topology(String topic) {
        StreamsBuilder builder = new StreamsBuilder();
        Outputs.sink(builder.stream(topic, Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .process(() -> new TelemetryProcessor(topic, studies, tokens, metrics)));
        return builder.build();
    }

    private Map<String, String> settings(String topic) {
        Map<String, String> ours = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> ours.put(name.substring(PREFIX.length()), value));
            }
        }
        ours.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(topic));
        return ours;
    }
}
