package io.afterlearner.feedback.shell.judging;

import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.kafka.trace.RecordContext;
import io.afterlearner.kafka.trace.Spans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The trace of a candidate while it is online: from its arrival to its fitness. A sampled trace is kept in memory only; after a
 * restart the candidate's fitness carries no context.
 */
final class JudgeTrace {
    /** Sampled candidates without a fitness; beyond, the oldest is forgotten. */
    private static final int MAX_CANDIDATES = 10_000;

    private record Key(String study, long incarnation, long number) {}

    private final Spans spans;
    private final Map<Key, SpanContext> arrived = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SpanContext> eldest) {
            return size() > MAX_CANDIDATES;
        }
    };

    JudgeTrace(Spans spans) {
        this.spans = spans;
    }

    /** A candidate was asked; the record about it has the headers. */
    void arrived(String study, long incarnation, long number, Headers headers) {
        Span span = spans.of("admit candidate", RecordContext.read(headers));
        if (span.isRecording()) {
            Spans.candidate(span, study, number);
            arrived.put(new Key(study, incarnation, number), span.getSpanContext());
            span.end();
        }
    }

    /** The headers of a candidate's fitness. */
    Headers told(String study, long incarnation, Output.Told told) {
        Span span = judged(new Key(study, incarnation, told.number()), "measured");
        span.setAttribute(Spans.LOSS, told.loss());
        return ended(span);
    }

    /** The headers of a candidate's failure. */
    Headers failed(String study, long incarnation, long number, String kind) {
        Span span = judged(new Key(study, incarnation, number), "failed");
        span.setAttribute(Spans.FAILURE, kind);
        return ended(span);
    }

    private Span judged(Key key, String outcome) {
        SpanContext before = Objects.requireNonNullElse(arrived.remove(key), SpanContext.getInvalid());
        Span span = spans.of("judge candidate", before);
        Spans.candidate(span, key.study(), key.number());
        return span.setAttribute(Spans.OUTCOME, outcome);
    }

    private static Headers ended(Span span) {
        span.end();
        Headers headers = new RecordHeaders();
        RecordContext.write(span.getSpanContext(), headers);
        return headers;
    }
}
