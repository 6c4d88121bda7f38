package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.core.Answer;
import io.afterlearner.evaluator.scoring.Failures;
import io.afterlearner.evaluator.scoring.Incarnation;
import io.afterlearner.evaluator.scoring.Scoring;
import io.afterlearner.evaluator.scoring.Stamp;
import io.afterlearner.evaluator.shell.EvaluatorEvents.Outcome;
import io.afterlearner.kafka.Sender;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.observability.LogFields;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Scores a candidate and sends its fitness. Thread-safe. */
final class CandidateHandler implements SafeHandler.Work {
    private final Codec<Candidate> candidates = Codec.of(Candidate.class);
    private final Codec<Fitness> fitnesses = Codec.of(Fitness.class);
    private final Studies studies;
    private final Scoring scoring;
    private final Sender sender;
    private final Stamp stamp;
    private final Counters counters;
    private final Claims claims;
    private final Duration specWait;
    private final String pool;

    CandidateHandler(
            Studies studies,
            Scoring scoring,
            Sender sender,
            Stamp stamp,
            Counters counters,
            Claims claims,
            Duration specWait,
            String pool) {
        this.studies = studies;
        this.scoring = scoring;
        this.sender = sender;
        this.stamp = stamp;
        this.counters = counters;
        this.claims = claims;
        this.specWait = specWait;
        this.pool = pool;
    }

    @Override
    public Answer answer(ConsumerRecord<byte[], byte[]> delivery, int attempt, Abort abort)
            throws UndecodableException, InterruptedException {
        Candidate candidate = candidates.decode(delivery.value());
        Spans.candidate(Span.current(), candidate.getStudy(), candidate.getNumber());
        return LogFields.study(candidate.getStudy())
                .candidate(candidate.getNumber())
                .pool(pool)
                .during(() -> answer(candidate, attempt, abort));
    }

    private Answer answer(Candidate candidate, int attempt, Abort abort) throws InterruptedException {
        if (studies.isOver(candidate, attempt)) {
            counters.count(candidate.getStudy(), Outcome.EXPIRED);
            Span.current().setAttribute(Spans.OUTCOME, "expired");
            return Answer.ACCEPT;
        }
        boolean answered = false;
        Claims.Held held = claims.take(candidate, attempt);
        try {
            Optional<Fitness> fitness = scored(candidate, () -> held.begin(silence(candidate)), abort);
            if (fitness.isEmpty()) {
                return Answer.RELEASE;
            }
            send(fitness.get());
            answered = true;
            boolean failed = fitness.get().getOutcome() instanceof Failed;
            counters.count(candidate.getStudy(), failed ? Outcome.FAILED : Outcome.MEASURED);
            return Answer.ACCEPT;
        } finally {
            held.end(answered);
        }
    }

    /** @param open is told when the model is open: until then the candidate waits, as far as the optimizer knows */
    private Optional<Fitness> scored(Candidate candidate, Runnable open, Abort abort) throws InterruptedException {
        return studies.result(
                new Incarnation(candidate.getStudy(), candidate.getIncarnation()),
                specWait,
                abort,
                spec -> scoring.score(spec, candidate, timeout(spec), open, abort),
                () -> unknown(candidate));
    }

    private static Duration timeout(StudySpec spec) {
        return Duration.ofMillis(spec.getEvaluation().getTimeoutMillis());
    }

    private Duration silence(Candidate candidate) {
        Duration timeout =
                studies.spec(candidate).map(CandidateHandler::timeout).orElse(Duration.ZERO);
        return Claims.silence(timeout, studies.left(candidate));
    }

    private void send(Fitness fitness) throws InterruptedException {
        show(fitness.getOutcome());
        sender.deliver(Topics.FITNESS, fitness.getStudy(), fitnesses.encode(fitness));
    }

    @Override
    public void fail(ConsumerRecord<byte[], byte[]> delivery, String reason)
            throws UndecodableException, InterruptedException {
        Candidate candidate = candidates.decode(delivery.value());
        send(stamp.failed(candidate, null, Failures.unexpected(reason), 0));
        counters.count(candidate.getStudy(), Outcome.FAILED);
    }

    private static void show(Object outcome) {
        Span span = Span.current();
        if (outcome instanceof Measured measured) {
            span.setAttribute(Spans.OUTCOME, "measured").setAttribute(Spans.LOSS, measured.getLoss());
        } else if (outcome instanceof Failed failed) {
            span.setAttribute(Spans.OUTCOME, "failed").setStatus(StatusCode.ERROR);
            if (failed.getCause() != null) {
                span.setAttribute(Spans.FAILURE, failed.getCause().getKind().name());
            }
        }
    }

    private Fitness unknown(Candidate candidate) {
        return stamp.failed(candidate, null, Failures.studyUnknown(specWait.toMillis()), 0);
    }
}
