package io.afterlearner.evaluator.shell;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as the broker delivered it.
 *
 * @param count how often it was delivered, this time included; 1 where the broker does not say
 */
record Delivery(String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, int count) {

    static Delivery of(ConsumerRecord<byte[], byte[]> delivered) {
        return new Delivery(
                delivered.topic(),
                delivered.partition(),
                delivered.offset(),
                delivered.key(),
                delivered.value(),
                delivered.deliveryCount().orElse((short) 1));
    }
}
