package io.afterlearner.evaluator.shell;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Sender;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Topics;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/** Sends fitness and dead letters, and returns once all in-sync replicas have them. Thread-safe. */
final class FitnessSender implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final Codec<Fitness> fitness = Codec.of(Fitness.class);
    private final DeadLetters deadLetters;
    private final Sender sender;

    FitnessSender(KafkaSettings kafka, String id) {
        this.deadLetters = new DeadLetters(id);
        this.sender = new Sender(kafka, id + "-fitness", Sender.Limits.within(WITHIN));
    }

    /**
     * @throws KafkaException if the broker did not accept it
     */
    void send(Fitness told) throws InterruptedException {
        sender.deliver(Topics.FITNESS, told.getStudy(), fitness.encode(told));
    }

    /**
     * @throws KafkaException if the broker did not accept it
     */
    void deadLetter(DeadLetters.Unusable record, String reason) throws InterruptedException {
        DeadLetters.Letter letter = deadLetters.letter(record, reason, System.currentTimeMillis());
        sender.deliver(Topics.DEAD_LETTERS, letter.key(), letter.value());
    }

    @Override
    public void close() {
        sender.close();
    }
}
