package io.afterlearner.kafka;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Kafka rejected a record. Sending it again does not help. */
public final class RejectedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    /** @param tooLarge whether the record is larger than its topic allows */
    public RejectedException(String topic, String reason, boolean tooLarge, @Nullable Throwable cause) {
        super("topic " + topic + " rejected the record: " + reason, cause);
        this.tooLarge = tooLarge;
    }

    public boolean isTooLarge() {
        return tooLarge;
    }
}
