package io.afterlearner.feedback.shell;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.Outbox;
import io.afterlearner.client.Tokens;
import io.afterlearner.client.UnitKeys;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Sender;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Exposure;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Topics;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes what arrives over HTTP to Kafka. */
@ApplicationScoped
public class Desk {
    /** Maximum response time for a report, also while Kafka is away. */
    private static final Duration MAX_RESPONSE_TIME = Duration.ofSeconds(5);

    private static final Duration LINGER = Duration.ofMillis(2);

    /** A record about an assignment, and its topic. */
    public record Draft(String topic, String assignment, byte[] value) {}

    private final Codec<Feedback> feedback = Codec.of(Feedback.class);
    private final Codec<Exposure> exposures = Codec.of(Exposure.class);
    private final Codec<Arms> arms = Codec.of(Arms.class);
    private final Sender sender;
    private final Outbox outbox;
    private final Tokens tokens;

    Desk(KafkaSettings kafka, UnitKeys units, Tokens tokens) {
        this.tokens = tokens;
        sender = new Sender(kafka, "desk", Sender.Limits.nonBlocking(MAX_RESPONSE_TIME, LINGER));
        outbox = new Outbox(kafka, units);
    }

    /** Runs after the topics were created. The sender never waits, so it has to know their partitions beforehand. */
    void start(@Observes @Priority(2) StartupEvent event) throws InterruptedException {
        sender.connect(List.of(Topics.FEEDBACK, Topics.ARMS, Topics.EXPOSURES));
    }

    /** Records an exposure. It does not wait, because the token proves the exposure as well. */
    public void exposed(Assignment assignment) {
        outbox.exposed(assignment, tokens);
    }

    public Draft draft(Feedback report) {
        return new Draft(Topics.FEEDBACK, report.getAssignment(), feedback.encode(report));
    }

    public Draft draft(Exposure exposure) {
        return new Draft(Topics.EXPOSURES, exposure.getAssignment(), exposures.encode(exposure));
    }

    /** Completes when the broker has all records, or exceptionally if it does not take one in time. */
    public CompletionStage<Void> send(List<Draft> drafts) {
        CompletableFuture<?>[] sent = drafts.stream()
                .map(draft -> sender.send(draft.topic(), draft.assignment(), draft.value()))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(sent);
    }

    /** Completes when the broker has the arms, or exceptionally if it does not take them in time. */
    public CompletionStage<Void> write(Arms record) {
        return sender.send(Topics.ARMS, record.getStudy(), arms.encode(record));
    }

    /** Completes when every partition has the tombstones, or exceptionally if one does not take them in time. */
    public CompletionStage<Void> forget(List<UnitTombstone> tombstones) {
        CompletableFuture<?>[] sent = tombstones.stream()
                .map(each -> sender.sendTombstones(Topics.EXPOSURES, each.assignments(), each.headers()))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(sent);
    }

    @PreDestroy
    void close() {
        sender.close();
        outbox.close();
    }
}
