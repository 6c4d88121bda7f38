package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.core.Answer;
import io.afterlearner.kafka.trace.RecordContext;
import io.afterlearner.kafka.trace.Spans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Scope;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Continues a record's trace while the record is handled: with a span if the trace is sampled. Results that are sent meanwhile
 * carry the context. A record without a context is handled without one.
 *
 * @param name of the span
 */
record TracedHandler(String name, String pool, Spans spans, Slot.Handler handler) implements Slot.Handler {

    // The scope ends with the block; nothing in it needs the object.
    @SuppressWarnings("try")
    @Override
    public Answer handle(ConsumerRecord<byte[], byte[]> delivery, Abort abort) throws InterruptedException {
        SpanContext parent = RecordContext.read(delivery.headers());
        if (!parent.isValid()) {
            return handler.handle(delivery, abort);
        }
        Span span = spans.of(name, parent).setAttribute(Spans.POOL, pool);
        try (Scope scope = span.makeCurrent()) {
            Answer answer = handler.handle(delivery, abort);
            if (answer == Answer.RELEASE) {
                span.setAttribute(Spans.OUTCOME, "released");
            }
            return answer;
        } finally {
            span.end();
        }
    }
}
