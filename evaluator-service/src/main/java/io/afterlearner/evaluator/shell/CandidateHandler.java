package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.core.Answer;
import io.afterlearner.evaluator.core.Reasons;
import io.afterlearner.evaluator.scoring.Failures;
import io.afterlearner.evaluator.scoring.Scoring;
import io.afterlearner.evaluator.scoring.Stamp;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.Optional;
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
    private final Studies studies;
    private final Scoring scoring;
    private final FitnessSender sender;
    private final Stamp stamp;
    private final Counters counters;
    private final Duration specWait;

    CandidateHandler(
            Studies studies, Scoring scoring, FitnessSender sender, Stamp stamp, Counters counters, Duration specWait) {
        this.studies = studies;
        this.scoring = scoring;
        this.sender = sender;
        this.stamp = stamp;
        this.counters = counters;
        this.specWait = specWait;
    }

    Answer handle(Delivery delivery, Abort abort) throws InterruptedException {
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

    private Answer answer(Delivery delivery, Abort abort) throws UndecodableException, InterruptedException {
        Candidate candidate = candidates.decode(delivery.value());
        if (candidate.getDeadlineMillis() < System.currentTimeMillis()) {
            counters.expired.increment();
            return Answer.ACCEPT;
        }
        Optional<StudySpec> spec = studies.await(candidate.getStudy(), specWait, abort);
        if (abort.givesBack()) {
            return Answer.RELEASE;
        }
        Fitness fitness = spec.isEmpty() ? unknown(candidate) : scoring.score(spec.get(), candidate, abort);
        if (abort.givesBack()) {
            return Answer.RELEASE;
        }
        sender.send(fitness);
        (fitness.getOutcome() instanceof Failed ? counters.failed : counters.measured).increment();
        return Answer.ACCEPT;
    }

    private Fitness unknown(Candidate candidate) {
        return stamp.failed(candidate, null, Failures.studyUnknown(specWait.toMillis()), 0);
    }

    private Answer deadLetter(Delivery delivery, @Nullable String reason) throws InterruptedException {
        try {
            sender.deadLetter(delivery.unusable(), Reasons.oneLine(reason));
            counters.deadLettered.increment();
            return Answer.REJECT;
        } catch (KafkaException e) {
            LOG.warnf("a dead letter could not be sent: %s", e);
            return Answer.RELEASE;
        }
    }
}
