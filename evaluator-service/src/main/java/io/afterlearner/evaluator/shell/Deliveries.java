package io.afterlearner.evaluator.shell;

import io.afterlearner.kafka.Attempts;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts how often records were delivered without an answer. A share group counts this itself, for all evaluators. For a consumer
 * group, files in a folder count it, for the evaluators that share the folder. Thread-safe: one slot at a time works on a partition.
 */
final class Deliveries {
    private final Path folder;

    /** @param folder kept over restarts */
    Deliveries(Path folder) {
        this.folder = folder;
    }

    int inVain(ConsumerRecord<byte[], byte[]> delivery) {
        return delivery.deliveryCount()
                .map(count -> count - 1)
                .orElseGet(() -> attempts(delivery).of(name(delivery)).count());
    }

    void begin(ConsumerRecord<byte[], byte[]> delivery) {
        if (delivery.deliveryCount().isEmpty()) {
            attempts(delivery).begin(name(delivery));
        }
    }

    void end(ConsumerRecord<byte[], byte[]> delivery) {
        if (delivery.deliveryCount().isEmpty()) {
            attempts(delivery).end();
        }
    }

    private Attempts attempts(ConsumerRecord<byte[], byte[]> delivery) {
        return Attempts.of(folder, delivery.topic() + "-" + delivery.partition());
    }

    static String name(ConsumerRecord<byte[], byte[]> delivery) {
        return Attempts.name(delivery.topic(), delivery.partition(), delivery.offset(), delivery.value());
    }
}
