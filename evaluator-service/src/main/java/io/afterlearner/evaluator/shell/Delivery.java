package io.afterlearner.evaluator.shell;

import io.afterlearner.kafka.DeadLetters;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record as the broker delivered it. */
record Delivery(String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {

    static Delivery of(ConsumerRecord<byte[], byte[]> delivered) {
        return new Delivery(
                delivered.topic(), delivered.partition(), delivered.offset(), delivered.key(), delivered.value());
    }

    DeadLetters.Unusable unusable() {
        return new DeadLetters.Unusable(topic, partition, offset, key, value);
    }
}
