package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.trace.RecordContext;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.optimizer.core.Decision;
import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Failure;
import io.afterlearner.optimizer.core.Standing;
import io.afterlearner.schemas.FailureCause;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one task. A candidate that follows from a command or from the creation of its study belongs to that trace; any other
 * begins a trace of its own, linked to the result that it follows from. The core knows nothing of spans, and an event that is
 * read from the log makes none. A span ends when its event is decided; after a crash that undid the event, there is another.
 */
final class LoopTrace {
    /** Limits the size of a trace: further candidates of one command begin traces of their own. */
    static final int MAX_CANDIDATES = 100;
    /** Sampled candidates without a result. Beyond, the oldest is forgotten: a result without a context makes no span. */
    private static final int MAX_OUTSTANDING = 10_000;

    private static final Headers NONE = new RecordHeaders();

    private record Key(String study, long incarnation, long number) {
        static Key of(Study study, long number) {
            return new Key(study.name(), study.incarnation(), number);
        }
    }

    private final Spans spans;
    private final Map<Key, SpanContext> outstanding = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SpanContext> eldest) {
            return size() > MAX_OUTSTANDING;
        }
    };
    /** Of the record that is being processed. */
    private Span current = Span.getInvalid();
    /** How many more candidates belong to the current span's trace. */
    private int room;

    LoopTrace(Spans spans) {
        this.spans = spans;
    }

    /** A command, or the creation of a study, begins to be processed. */
    void order(String name, String study, Headers headers) {
        current = spans.of(name, RecordContext.read(headers));
        room = MAX_CANDIDATES;
        Spans.study(current, study);
    }

    /** A result of a candidate begins to be processed. */
    void fitness(Study study, long number, Headers headers) {
        SpanContext carried = RecordContext.read(headers);
        SpanContext asked = outstanding.getOrDefault(Key.of(study, number), SpanContext.getInvalid());
        current = spans.of("tell candidate", carried.isValid() ? carried : asked);
        Spans.candidate(current, study.name(), number);
    }

    /** A result was not told. */
    void ignored(Decision.Kind kind) {
        current.setAttribute(Spans.OUTCOME, kind.name().toLowerCase(Locale.ROOT));
    }

    /** The record is processed. */
    void end() {
        current.end();
        current = Span.getInvalid();
        room = 0;
    }

    /** The headers of the records about an event. */
    Headers happened(Study study, Event event) {
        return headers(event.match(new Happened(study)));
    }

    /** The headers of an incumbent that follows from the record that is being processed. */
    Headers incumbent(Study study, Standing standing) {
        Span span = spans.of("publish incumbent", current.getSpanContext());
        if (span.isRecording()) {
            Spans.candidate(span, study.name(), standing.number());
            loss(span, standing.loss());
            span.end();
        }
        return headers(span.getSpanContext());
    }

    private static void loss(Span span, @Nullable Double loss) {
        if (loss != null) {
            span.setAttribute(Spans.LOSS, loss);
        }
    }

    private static Headers headers(SpanContext context) {
        if (!context.isValid()) {
            return NONE;
        }
        Headers headers = new RecordHeaders();
        RecordContext.write(context, headers);
        return headers;
    }

    private void failed(Span span, String outcome, Failure failure) {
        span.setAttribute(Spans.OUTCOME, outcome);
        FailureCause cause = RecordedFailure.cause(failure);
        if (cause != null) {
            span.setAttribute(Spans.FAILURE, cause.getKind().name());
        }
    }

    private final class Happened implements Event.Cases<SpanContext> {
        private final Study study;

        Happened(Study study) {
            this.study = study;
        }

        @Override
        public SpanContext asked(Event.Asked asked) {
            Span span = room-- > 0 && current.getSpanContext().isValid()
                    ? spans.of("ask candidate", current.getSpanContext())
                    : spans.root("ask candidate", current.getSpanContext());
            SpanContext context = span.getSpanContext();
            if (context.isSampled()) {
                Spans.candidate(span, study.name(), asked.number());
                span.setAttribute(Spans.POOL, study.state().plan().pool());
                outstanding.put(Key.of(study, asked.number()), context);
            }
            span.end();
            return context;
        }

        @Override
        public SpanContext claimed(Event.Claimed claimed) {
            return current.getSpanContext();
        }

        @Override
        public SpanContext told(Event.Told told) {
            outstanding.remove(Key.of(study, told.number()));
            current.setAttribute(Spans.OUTCOME, "told");
            loss(current, told.loss());
            return current.getSpanContext();
        }

        @Override
        public SpanContext failed(Event.Failed failed) {
            outstanding.remove(Key.of(study, failed.number()));
            LoopTrace.this.failed(current, "failed", failed.failure());
            return current.getSpanContext();
        }

        @Override
        public SpanContext expired(Event.Expired expired) {
            SpanContext asked = outstanding.remove(Key.of(study, expired.number()));
            Span span = spans.of("expire candidate", Objects.requireNonNullElse(asked, SpanContext.getInvalid()));
            Spans.candidate(span, study.name(), expired.number());
            LoopTrace.this.failed(span, "expired", expired.failure());
            span.end();
            return span.getSpanContext();
        }

        @Override
        public SpanContext changed(Event.Changed changed) {
            return current.getSpanContext();
        }
    }
}
