package io.afterlearner.kafka.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context in a record's headers {@code traceparent} and {@code tracestate}. Anybody may write a record: a
 * malformed context is none, and a {@code tracestate} that is too long is dropped. Baggage is neither read nor written.
 */
public final class RecordContext {
    /** The shortest limit that W3C allows. */
    public static final int MAX_TRACESTATE_CHARACTERS = 512;

    /** Version 00 has 55; later versions may append. */
    private static final int MAX_TRACEPARENT_CHARACTERS = 128;

    private static final String TRACEPARENT = "traceparent";
    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

    private static final TextMapGetter<Headers> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
            List<String> keys = new ArrayList<>();
            headers.forEach(header -> keys.add(header.key()));
            return keys;
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String key) {
            Header header = headers == null ? null : headers.lastHeader(key);
            byte[] value = header == null ? null : header.value();
            return value == null || value.length > limit(key) ? null : new String(value, StandardCharsets.US_ASCII);
        }
    };

    private static final TextMapSetter<Headers> SETTER = (headers, key, value) -> {
        if (headers != null && value.length() <= limit(key)) {
            headers.remove(key);
            headers.add(key, value.getBytes(StandardCharsets.US_ASCII));
        }
    };

    private RecordContext() {}

    private static int limit(String key) {
        return key.equals(TRACEPARENT) ? MAX_TRACEPARENT_CHARACTERS : MAX_TRACESTATE_CHARACTERS;
    }

    /** The context that a record carries; invalid if there is none, or it is malformed. */
    public static SpanContext read(Headers headers) {
        return headers.lastHeader(TRACEPARENT) == null
                ? SpanContext.getInvalid()
                : Span.fromContext(W3C.extract(Context.root(), headers, GETTER)).getSpanContext();
    }

    /** Adds a context to the headers; adds nothing if the context is invalid. */
    public static void write(SpanContext context, Headers headers) {
        if (context.isValid()) {
            W3C.inject(Context.root().with(Span.wrap(context)), headers, SETTER);
        }
    }
}
