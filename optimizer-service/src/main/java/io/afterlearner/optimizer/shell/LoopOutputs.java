package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.Out;
import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.RunPlan;
import io.afterlearner.optimizer.core.Standing;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.VerdictRequest;
import io.afterlearner.schemas.Verdicts;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Encodes and forwards the loop's records: candidates, trials, incumbents, requests for verdicts and corrected specs. */
final class LoopOutputs {
    private final Codec<StudySpec> specs = Codec.of(StudySpec.class);
    private final Codec<Candidate> candidates = Codec.of(Candidate.class);
    private final Codec<TrialEvent> trials = Codec.of(TrialEvent.class);
    private final Codec<Incumbent> incumbents = Codec.of(Incumbent.class);
    private final Codec<VerdictRequest> verdictRequests = Codec.of(VerdictRequest.class);
    private final ProcessorContext<String, Out> context;
    private final LoopTrace trace;

    LoopOutputs(ProcessorContext<String, Out> context, LoopTrace trace) {
        this.context = context;
        this.trace = trace;
    }

    /** @return the event as bytes */
    byte[] trial(Study study, long sequence, Event event, Headers headers) {
        return trial(Events.record(study.name(), study.incarnation(), sequence, event), headers);
    }

    /** @return the event as bytes */
    byte[] trial(TrialEvent event, Headers headers) {
        byte[] bytes = trials.encode(event);
        send(Topics.TRIALS, event.getStudy(), bytes, headers);
        return bytes;
    }

    void candidate(Study study, Event.Asked asked, Headers headers) {
        String name = study.name();
        RunPlan plan = study.state().plan();
        Candidate candidate = new Candidate(
                name,
                asked.number(),
                Events.list(asked.values()),
                asked.atMillis(),
                asked.atMillis() + plan.waitMillis(),
                study.incarnation());
        send(
                Topics.candidates(plan.pool()),
                Topics.candidateKey(name, asked.number()),
                candidates.encode(candidate),
                headers);
    }

    /** @return the headers that the record got */
    Headers incumbent(Study study) {
        Standing standing = study.state().standing();
        Headers headers = trace.incumbent(study, standing);
        byte[] bytes = incumbents.encode(IncumbentRecords.record(study.spec(), standing));
        send(Topics.INCUMBENTS, study.name(), bytes, headers);
        study.published(standing);
        return headers;
    }

    void incumbent(SetAside study) {
        send(Topics.INCUMBENTS, study.spec().getStudy(), incumbents.encode(study.incumbent()), new RecordHeaders());
    }

    /** Asks an evaluator to score the recommended candidate on the test split. The loop never reads the answer. */
    void verdictRequest(Study study, Headers headers) {
        Standing standing = study.state().standing();
        VerdictRequest request =
                Verdicts.request(study.spec(), standing.number(), standing.values(), standing.atMillis());
        String topic = Topics.verdictRequests(study.state().plan().pool());
        send(topic, study.name(), verdictRequests.encode(request), headers);
    }

    void noIncumbent(String study) {
        send(Topics.INCUMBENTS, study, null, new RecordHeaders());
    }

    /** The compacted topic must end with the spec that is followed. It is read again and changes nothing. */
    void spec(StudySpec followed) {
        send(Topics.STUDIES, followed.getStudy(), specs.encode(followed), new RecordHeaders());
    }

    private void send(String topic, String key, byte @Nullable [] value, Headers headers) {
        context.forward(new Record<>(key, new Out(topic, value), context.currentSystemTimeMs(), headers));
    }
}
