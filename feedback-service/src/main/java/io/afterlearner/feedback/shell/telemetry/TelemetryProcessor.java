package io.afterlearner.feedback.shell.telemetry;

import io.afterlearner.client.EventId;
import io.afterlearner.client.TokenException;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.telemetry.RecordFormat.Fields;
import io.afterlearner.feedback.shell.telemetry.TelemetryTokens.Proof;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import io.afterlearner.kafka.streams.StreamsDeadLetters;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Turns the records of one user's topic into feedback, for each study that maps the topic. */
final class TelemetryProcessor implements Processor<String, byte[], String, Out> {
    private final String topic;
    private final OnlineStudies studies;
    private final TelemetryTokens tokens;
    private final FeedbackMetrics metrics;
    private final DeadLetters letters;
    private final Codec<Feedback> feedback = Codec.of(Feedback.class);
    private final Map<Telemetry, TelemetryReader> readers = new HashMap<>();

    private ProcessorContext<String, Out> context;
    private StreamsDeadLetters deadLetters;

    // Kafka Streams calls init before any other method.
    @SuppressWarnings("NullAway.Init")
    TelemetryProcessor(
            String topic, OnlineStudies studies, Tokens tokens, FeedbackMetrics metrics, DeadLetters letters) {
        this.topic = topic;
        this.studies = studies;
        this.tokens = new TelemetryTokens(studies, tokens);
        this.metrics = metrics;
        this.letters = letters;
    }

    @Override
    public void init(ProcessorContext<String, Out> streams) {
        context = streams;
        deadLetters = new StreamsDeadLetters(streams, letters, metrics::deadLetter);
    }

    @Override
    public void process(Record<String, byte[]> received) {
        if (received.value() == null) {
            return;
        }
        for (OnlineStudy study : studies.all()) {
            for (Telemetry mapping : study.online().getTelemetry()) {
                if (mapping.getTopic().equals(topic)) {
                    process(received, study, mapping);
                }
            }
        }
    }

    private void process(Record<String, byte[]> received, OnlineStudy study, Telemetry mapping) {
        try {
            TelemetryReader reader = readers.computeIfAbsent(mapping, TelemetryReader::new);
            Fields fields = reader.read(received.value());
            String token = reader.token(fields);
            if (token != null && !tokens.isOf(study.name(), token)) {
                return;
            }
            long atMillis = reader.atMillis(fields, received.timestamp(), context.currentSystemTimeMs());
            String id = reader.id(fields);
            Optional<Proof> proof = token == null
                    ? proof(study.name(), reader.candidate(fields), atMillis, id == null ? place() : "id " + id)
                    : Optional.of(tokens.ofToken(token));
            if (proof.isPresent()) {
                String event = id == null ? place() : EventId.of(id);
                send(proof.get(), event, mapping, value(study, mapping, reader.value(fields)), atMillis);
            }
        } catch (TokenException | IllegalArgumentException e) {
            deadLetters.send(
                    received, "telemetry of " + study.name() + ", " + mapping.getMetric() + ": " + e.getMessage());
        }
    }

    private static double value(OnlineStudy study, Telemetry mapping, double value) {
        String problem = study.problem(mapping.getMetric(), value);
        if (problem != null) {
            throw new IllegalArgumentException(mapping.getValue() + " " + problem);
        }
        return value;
    }

    /** Empty if the study has not begun, or the candidate is not served. */
    private Optional<Proof> proof(String study, @Nullable Long candidate, long atMillis, String event) {
        return candidate == null
                ? tokens.ofTime(study, atMillis)
                : tokens.ofCandidate(study, candidate, atMillis, topic + "\0" + event);
    }

    private String place() {
        RecordMetadata where = context.recordMetadata().orElseThrow();
        return where.partition() + "@" + where.offset();
    }

    private void send(Proof proof, String event, Telemetry mapping, double value, long atMillis) {
        Feedback report = new Feedback(
                proof.assignment(),
                event,
                proof.study(),
                proof.number(),
                mapping.getMetric(),
                value,
                atMillis,
                proof.token());
        metrics.of(proof.study()).telemetry();
        // The timestamp is the event's, so that a backlog of telemetry does not count as late.
        context.forward(new Record<>(
                proof.assignment(),
                new Out(Topics.FEEDBACK, feedback.encode(report)),
                Math.max(0, Math.min(atMillis, context.currentSystemTimeMs()))));
    }
}
