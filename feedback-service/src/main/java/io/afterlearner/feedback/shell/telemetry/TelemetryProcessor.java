package io.afterlearner.feedback.shell;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.Served;
import io.afterlearner.client.Token;
import io.afterlearner.client.TokenException;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.shell.OnlineStudies.OnlineStudy;
import io.afterlearner.feedback.shell.TelemetryValues.Fields;
import io.afterlearner.feedback.shell.TelemetryValues.Unfit;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
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

/** One topic of the user's own in, as the studies map it; feedback out, as if it had been reported. */
final class TelemetryProcessor implements Processor<String, byte[], String, Out> {
    private static final String NOBODY = "telemetry";
    private static final int MOST_ID_CHARACTERS = 200;

    private final String topic;
    private final OnlineStudies studies;
    private final Tokens tokens;
    private final FeedbackMetrics tallies;
    private final Codec<Feedback> feedback = Codec.of(Feedback.class);
    private final Map<Telemetry, TelemetryValues> readers = new HashMap<>();

    private ProcessorContext<String, Out> context;
    private DeadLetters deadLetters;

    // Kafka Streams calls init before anything else.
    @SuppressWarnings("NullAway.Init")
    TelemetryProcessor(String topic, OnlineStudies studies, Tokens tokens, FeedbackMetrics tallies) {
        this.topic = topic;
        this.studies = studies;
        this.tokens = tokens;
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, Out> streams) {
        context = streams;
        deadLetters = new DeadLetters(streams, tallies);
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
            TelemetryValues values = readers.computeIfAbsent(mapping, TelemetryValues::new);
            Fields fields = values.read(received.value());
            long at = values.atMillis(fields, received.timestamp());
            Optional<Proof> proof = proof(study, mapping, values, fields, at);
            if (proof.isPresent()) {
                String id = values.text(fields, mapping.getId());
                send(
                        proof.get(),
                        id(mapping, id == null ? place() : id),
                        mapping.getMetric(),
                        values.value(fields),
                        at);
            }
        } catch (Unfit | TokenException | IllegalArgumentException e) {
            deadLetters.send(
                    received,
                    "telemetry of " + study.spec().getStudy() + ", " + mapping.getMetric() + ": " + e.getMessage());
        }
    }

    /** Which assignment a report is of, and that it is. */
    private record Proof(String assignment, String study, long number, String token) {}

    /** Empty where the record is about something else. */
    private Optional<Proof> proof(
            OnlineStudy study, Telemetry mapping, TelemetryValues values, Fields fields, long atMillis)
            throws Unfit, TokenException {
        String name = study.spec().getStudy();
        String token = values.text(fields, mapping.getToken());
        if (token != null) {
            Token read = tokens.read(token);
            return read.study().equals(name)
                    ? Optional.of(new Proof(read.assignment(), name, read.number(), token))
                    : Optional.empty();
        }
        Optional<Served> served = studies.served(name);
        if (served.isEmpty()) {
            return Optional.empty();
        }
        if (mapping.getCandidate() == null) {
            return Optional.of(signed(served.get().assign(NOBODY, atMillis, true)));
        }
        long number = values.candidate(fields, mapping.getCandidate());
        return assignment(served.get().arms(), number, atMillis).map(this::signed);
    }

    /** A record that says which candidate it is of is an exposure of its own; empty if nobody meets that candidate. */
    private Optional<Assignment> assignment(Arms arms, long number, long atMillis) {
        io.afterlearner.schemas.@Nullable Arm arm = arm(arms, number);
        return Optional.ofNullable(arm)
                .map(known -> new Assignment(
                        arms.getStudy(),
                        topic + "/" + place(),
                        NOBODY,
                        known,
                        number,
                        new double[0],
                        atMillis,
                        atMillis + arms.getWindowMillis()));
    }

    private static io.afterlearner.schemas.@Nullable Arm arm(Arms arms, long number) {
        if (number == arms.getControl().getNumber()) {
            return io.afterlearner.schemas.Arm.CONTROL;
        }
        if (number == arms.getChampion().getNumber()) {
            return io.afterlearner.schemas.Arm.CHAMPION;
        }
        boolean explored =
                arms.getSlots().stream().mapToLong(ArmValues::getNumber).anyMatch(slot -> slot == number);
        return explored ? io.afterlearner.schemas.Arm.EXPLORE : null;
    }

    private Proof signed(Assignment assignment) {
        return new Proof(assignment.id(), assignment.study(), assignment.number(), tokens.sign(assignment));
    }

    /** One record may report several metrics, each an event of its own. */
    private static String id(Telemetry mapping, String event) {
        String id = mapping.getMetric() + " " + event;
        return id.length() <= MOST_ID_CHARACTERS ? id : id.substring(id.length() - MOST_ID_CHARACTERS);
    }

    private String place() {
        RecordMetadata where = context.recordMetadata().orElseThrow();
        return where.partition() + "@" + where.offset();
    }

    private void send(Proof proof, String id, String metric, double value, long atMillis) {
        Feedback report = new Feedback(
                proof.assignment(), id, proof.study(), proof.number(), metric, value, atMillis, proof.token());
        tallies.telemetry();
        // With the time it happened, so that one who is behind with reading is not taken for late.
        context.forward(new Record<>(
                proof.assignment(),
                new Out(Topics.FEEDBACK, feedback.encode(report)),
                Math.max(0, Math.min(atMillis, context.currentSystemTimeMs()))));
    }
}
