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
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictRequest;
import io.afterlearner.schemas.Verdicts;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Scores the test split and sends the verdict, unless there is one already. Thread-safe. */
final class VerdictHandler implements SafeHandler.Work {
    private final Codec<VerdictRequest> requests = Codec.of(VerdictRequest.class);
    private final Codec<VerdictAnswer> answers = Codec.of(VerdictAnswer.class);
    private final Studies studies;
    private final Scoring scoring;
    private final Sender sender;
    private final Stamp stamp;
    private final Counters counters;
    private final Duration specWait;

    VerdictHandler(Studies studies, Scoring scoring, Sender sender, Stamp stamp, Counters counters, Duration specWait) {
        this.studies = studies;
        this.scoring = scoring;
        this.sender = sender;
        this.stamp = stamp;
        this.counters = counters;
        this.specWait = specWait;
    }

    @Override
    public Answer answer(ConsumerRecord<byte[], byte[]> delivery, int attempt, Abort abort)
            throws UndecodableException, InterruptedException {
        VerdictRequest request = requests.decode(delivery.value());
        Spans.candidate(Span.current(), request.getStudy(), request.getNumber());
        if (studies.hasVerdict(Verdicts.key(request))) {
            return Answer.ACCEPT;
        }
        Optional<VerdictAnswer> answer = studies.result(
                new Incarnation(request.getStudy(), request.getIncarnation()),
                specWait,
                abort,
                spec -> scoring.verdict(spec, request, abort),
                () -> unknown(request));
        if (answer.isEmpty()) {
            return Answer.RELEASE;
        }
        // Another evaluator may have answered a second request meanwhile.
        if (!studies.hasVerdict(Verdicts.key(request))) {
            send(answer.get());
            counters.count(request.getStudy(), Verdicts.isScored(answer.get()) ? Outcome.MEASURED : Outcome.FAILED);
        }
        return Answer.ACCEPT;
    }

    private void send(VerdictAnswer answer) throws InterruptedException {
        sender.deliver(Topics.VERDICTS, Verdicts.key(answer), answers.encode(answer));
    }

    @Override
    public void fail(ConsumerRecord<byte[], byte[]> delivery, String reason)
            throws UndecodableException, InterruptedException {
        VerdictRequest request = requests.decode(delivery.value());
        send(stamp.answer(request, null, Failures.unexpected(reason), 0, 0));
        counters.count(request.getStudy(), Outcome.FAILED);
    }

    private VerdictAnswer unknown(VerdictRequest request) {
        return stamp.answer(request, null, Failures.studyUnknown(specWait.toMillis()), 0, 0);
    }
}
