package io.afterlearner.local.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * A record as it goes to the broker. The broker may refuse it, for example without a key on a compacted topic.
 *
 * @param timestamp epoch milliseconds; -1 for none, which only a raw produce request can send; null for now
 */
record RecordInput(
        List<String> kinds,
        String topic,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        @Nullable Long timestamp)
        implements Input {
    private static final int MAX_SHOWN_BYTES = 120;

    @Override
    public void send(FuzzedServices services) throws Exception {
        if (timestamp != null && timestamp == RecordBatch.NO_TIMESTAMP) {
            RawProduce.send(services.kafkaPort(), topic, key, value);
            return;
        }
        try {
            services.producer()
                    .send(new ProducerRecord<>(topic, 0, timestamp, key, value, headers))
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ApiException)) {
                throw e;
            }
            services.findings().count("records that the broker refused");
        }
    }

    @Override
    public String toString() {
        return kinds + " key " + shown(key) + ", value " + shown(value) + ", " + headers.size() + " headers, timestamp "
                + timestamp;
    }

    private static String shown(byte @Nullable [] bytes) {
        return bytes == null
                ? "null"
                : bytes.length + " bytes "
                        + HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, MAX_SHOWN_BYTES)));
    }
}
