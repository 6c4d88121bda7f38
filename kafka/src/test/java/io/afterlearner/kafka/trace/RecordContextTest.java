package io.afterlearner.kafka.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String VALID = "00-" + TRACE + "-" + SPAN + "-01";

    private static Headers headers(String key, byte[] value) {
        Headers headers = new RecordHeaders();
        headers.add(key, value);
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aContextIsReadAsItWasWritten() {
        TraceState state = TraceState.builder().put("vendor", "1").build();
        SpanContext context = SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), state);
        Headers headers = headers("traceparent", bytes("of an earlier sender"));
        RecordContext.write(context, headers);
        assertEquals(VALID, new String(headers.lastHeader("traceparent").value(), StandardCharsets.UTF_8));
        assertEquals(2, headers.toArray().length);
        SpanContext read = RecordContext.read(headers);
        assertEquals(SpanContext.createFromRemoteParent(TRACE, SPAN, TraceFlags.getSampled(), state), read);
    }

    @Test
    void noContextWritesNoHeader() {
        Headers headers = new RecordHeaders();
        RecordContext.write(SpanContext.getInvalid(), headers);
        assertEquals(0, headers.toArray().length);
        assertFalse(RecordContext.read(headers).isValid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-" + SPAN,
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-zz",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "é0-" + TRACE + "-" + SPAN + "-01",
            })
    void aMalformedContextIsNone(String traceparent) {
        assertFalse(
                RecordContext.read(headers("traceparent", bytes(traceparent))).isValid());
    }

    @Test
    void aHugeOrAbsentValueIsNone() {
        assertFalse(RecordContext.read(
                        headers("traceparent", bytes("01-" + TRACE + "-" + SPAN + "-01-" + "x".repeat(1_000_000))))
                .isValid());
        assertFalse(RecordContext.read(headers("traceparent", null)).isValid());
    }

    @Test
    void aTracestateBeyondTheLimitIsDroppedAndTheTraceContinues() {
        String member = "=" + "x".repeat(RecordContext.MAX_TRACESTATE_CHARACTERS / 3);
        String state = "a" + member + ",b" + member + ",c" + member;
        Headers headers = headers("traceparent", bytes(VALID));
        headers.add("tracestate", bytes(state));
        SpanContext read = RecordContext.read(headers);
        assertTrue(read.isSampled());
        assertTrue(read.getTraceState().isEmpty());
    }

    @Test
    void baggageIsNotPassedOn() {
        Headers stranger = headers("traceparent", bytes(VALID));
        stranger.add("baggage", bytes("user=alice"));
        Headers ours = new RecordHeaders();
        RecordContext.write(RecordContext.read(stranger), ours);
        assertNull(ours.lastHeader("baggage"));
    }
}
