package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.core.Answer;
import io.afterlearner.evaluator.core.Reasons;
import io.afterlearner.evaluator.scoring.Failures;
import io.afterlearner.evaluator.scoring.Scoring;
import io.afterlearner.evaluator.scoring.Stamp;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Sender;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Handles one delivered record, from bytes to answer, in both modes. The answer is ACCEPT only after the broker has the
 * fitness. Thread-safe.
 */
final class CandidateHandler {
    private static final Logger LOG = Logger.getLogger(CandidateHandler.class);

    private final Codec<Candidate> candidates = Codec.of(Candidate.class);
    private final Codec<Fitness> fitnesses = Codec.of(Fitness.class);
    private final Studies studies;
    private final Scoring scoring;
    private final Sender sender;
    private final DeadLetters deadLetters;
    private final Stamp stamp;
    private final Counters counters;
    private final Duration specWait;

    CandidateHandler(
            Studies studies, Scoring scoring, Sender sender, Stamp stamp, Counters counters, Duration specWait) {
        this.studies = studies;
        this.scoring = scoring;
        this.sender = sender;
        this.deadLetters = new DeadLetters(stamp.evaluator());
        this.stamp = stamp;
        this.counters = counters;
        this.specWait = specWait;
    }

    Answer handle(ConsumerRecord<byte[], byte[]> delivery, Abort abort) throws InterruptedException {
        try {
            return answer(delivery, abort);
        } catch (UndecodableException e) {
            return deadLetter(delivery, e.getMessage());
        } catch (KafkaException e) {
            LOG.warnf(
                    "candidate at %s-%d@%d is released: %s",
                    delivery.topic(), delivery.partition(), delivery.offset(), e);
            return Answer.RELEASE;
        }
    }

    private Answer answer(ConsumerRecord<byte[], byte[]> delivery, Abort abort)
            throws UndecodableException, InterruptedException {
        Candidate candidate = candidates.decode(delivery.value());
        if (studies.left(candidate).isNegative()) {
            counters.expired.increment();
            return Answer.ACCEPT;
        }
        Optional<StudySpec> spec = studies.await(candidate, specWait, abort);
        if (abort.givesBack()) {
            return Answer.RELEASE;
        }
        Fitness fitness = spec.isEmpty()
                ? unknown(candidate)
                : scoring.score(spec.get(), candidate, studies.left(candidate), abort);
        if (abort.givesBack()) {
            return Answer.RELEASE;
        }
        sender.deliver(Topics.FITNESS, fitness.getStudy(), fitnesses.encode(fitness));
        (fitness.getOutcome() instanceof Failed ? counters.failed : counters.measured).increment();
        return Answer.ACCEPT;
    }

    private Fitness unknown(Candidate candidate) {
        return stamp.failed(candidate, null, Failures.studyUnknown(specWait.toMillis()), 0);
    }

    private Answer deadLetter(ConsumerRecord<byte[], byte[]> delivery, @Nullable String reason)
            throws InterruptedException {
        DeadLetters.Unusable unusable = new DeadLetters.Unusable(
                delivery.topic(), delivery.partition(), delivery.offset(), delivery.key(), delivery.value());
        DeadLetters.Letter letter = deadLetters.letter(unusable, Reasons.oneLine(reason), System.currentTimeMillis());
        try {
            sender.deliver(Topics.DEAD_LETTERS, letter.key(), letter.value());
            counters.deadLettered.increment();
            return Answer.REJECT;
        } catch (KafkaException e) {
            LOG.warnf("a dead letter could not be sent: %s", e);
            return Answer.RELEASE;
        }
    }
}
