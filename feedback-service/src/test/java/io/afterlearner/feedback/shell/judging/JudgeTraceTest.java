package io.afterlearner.feedback.shell.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.kafka.trace.RecordContext;
import io.afterlearner.kafka.trace.Spans;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The trace of a candidate from its arrival to its fitness. */
class JudgeTraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Output.Told TOLD = new Output.Told(3, 0.5, 0.1, 100);

    private final JudgeTrace trace = new JudgeTrace(new Spans(OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder().build())
            .build()));

    private static Headers asked(TraceFlags flags) {
        Headers headers = new RecordHeaders();
        RecordContext.write(SpanContext.create(TRACE, "00f067aa0ba902b7", flags, TraceState.getDefault()), headers);
        return headers;
    }

    private SpanContext told() {
        return RecordContext.read(trace.told("s", 1, TOLD));
    }

    @Test
    void theFitnessContinuesTheTraceOfItsCandidateOnce() {
        trace.arrived("s", 1, 3, asked(TraceFlags.getSampled()));
        SpanContext fitness = told();
        assertEquals(TRACE, fitness.getTraceId());
        assertFalse(fitness.getSpanId().equals("00f067aa0ba902b7"), "it has a span of its own");
        assertFalse(told().isValid());
    }

    @Test
    void aFailureContinuesItToo() {
        trace.arrived("s", 1, 3, asked(TraceFlags.getSampled()));
        assertEquals(
                TRACE, RecordContext.read(trace.failed("s", 1, 3, "GUARDRAIL")).getTraceId());
    }

    @Test
    void anotherCandidateStudyOrIncarnationHasNoTrace() {
        trace.arrived("s", 1, 4, asked(TraceFlags.getSampled()));
        trace.arrived("t", 1, 3, asked(TraceFlags.getSampled()));
        trace.arrived("s", 2, 3, asked(TraceFlags.getSampled()));
        trace.arrived("s", 1, 3, asked(TraceFlags.getDefault()));
        assertFalse(told().isValid());
    }
}
