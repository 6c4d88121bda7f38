package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Limits;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Who created or deleted a study: a header of its record on the topic of studies. It is no field of the spec, because the same spec
 * of two authors is the same study, and a deletion has no fields.
 */
final class Author {
    private static final String HEADER = "afterlearner-by";

    private Author() {}

    static ProducerRecord<byte[], byte[]> record(String topic, String study, byte @Nullable [] value, String by) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, study.getBytes(StandardCharsets.UTF_8), value);
        record.headers().add(HEADER, by.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    /** Null if the record does not say. */
    static @Nullable String of(Record<String, byte[]> received) {
        Header header = received.headers().lastHeader(HEADER);
        return header == null || header.value() == null
                ? null
                : Limits.name(new String(header.value(), StandardCharsets.UTF_8));
    }
}
