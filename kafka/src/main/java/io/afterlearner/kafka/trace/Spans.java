package io.afterlearner.kafka.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/**
 * Makes spans for records. A record's trace is continued if it is sampled; only {@link #root} begins one. With traces off,
 * or an unsampled trace, the span records nothing and its context still travels.
 *
 * <pre>{@code
 * Span span = spans.of("evaluate candidate", RecordContext.read(record.headers()));
 * Spans.candidate(span, study, number);
 * RecordContext.write(span.getSpanContext(), answer.headers());
 * span.end();
 * }</pre>
 */
public final class Spans {
    public static final AttributeKey<String> STUDY = AttributeKey.stringKey("afterlearner.study");
    public static final AttributeKey<Long> CANDIDATE = AttributeKey.longKey("afterlearner.candidate");
    public static final AttributeKey<String> POOL = AttributeKey.stringKey("afterlearner.pool");
    public static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("afterlearner.outcome");
    public static final AttributeKey<Double> LOSS = AttributeKey.doubleKey("afterlearner.loss");
    /** The kind of a failure, such as {@code TIMEOUT}. */
    public static final AttributeKey<String> FAILURE = AttributeKey.stringKey("afterlearner.failure");

    /** Name of Quarkus' setting that turns traces off. */
    public static final String OFF = "quarkus.otel.sdk.disabled";

    /** A record may name a study of any length. */
    static final int MAX_NAME_CHARACTERS = 200;

    private final Tracer tracer;

    public Spans(OpenTelemetry telemetry) {
        tracer = telemetry.getTracer("io.afterlearner");
    }

    /** @param off the value of {@link #OFF}; the SDK that is disabled would sample all traces, and export none */
    public static Spans of(OpenTelemetry telemetry, boolean off) {
        return off ? off() : new Spans(telemetry);
    }

    /** Makes spans that record nothing and have no context. */
    public static Spans off() {
        return new Spans(OpenTelemetry.noop());
    }

    /** A span of the trace that a record belongs to. */
    public Span of(String name, SpanContext parent) {
        return parent.isSampled()
                ? tracer.spanBuilder(name)
                        .setParent(Context.root().with(Span.wrap(parent)))
                        .setSpanKind(SpanKind.CONSUMER)
                        .startSpan()
                : Span.wrap(parent);
    }

    /**
     * The first span of a trace, which may be sampled.
     *
     * @param cause a span of another trace, to which this one is linked if that is sampled
     */
    public Span root(String name, SpanContext cause) {
        SpanBuilder builder = tracer.spanBuilder(name).setNoParent().setSpanKind(SpanKind.PRODUCER);
        return (cause.isSampled() ? builder.addLink(cause) : builder).startSpan();
    }

    /** Says which candidate a span is about. */
    public static void candidate(Span span, String study, long number) {
        if (span.isRecording()) {
            study(span, study);
            span.setAttribute(CANDIDATE, number);
        }
    }

    /** Says which study a span is about. */
    public static void study(Span span, String study) {
        span.setAttribute(STUDY, study.substring(0, Math.min(study.length(), MAX_NAME_CHARACTERS)));
    }
}
